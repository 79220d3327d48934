"""For those who depend on an audit correlator and not on its program."""
from importlib.metadata import version

__version__ = version("audit-correlator-client")
__all__ = ["__version__", "discover"]


def discover(discover_system: bool = True):
    """What Chaos Toolkit finds in this extension; of the system nothing is looked at."""
    from chaoslib.discovery.discover import discover_probes, initialize_discovery_result

    found = initialize_discovery_result("audit-correlator-client", __version__, "audit-correlator")
    found["activities"].extend(discover_probes("audit_correlator.chaos.probes"))
    return found
