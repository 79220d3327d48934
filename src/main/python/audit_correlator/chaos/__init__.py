"""The extension of Chaos Toolkit: a control that tells what an experiment does, a probe that gives a verdict."""
