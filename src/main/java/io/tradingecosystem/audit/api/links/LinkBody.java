package io.tradingecosystem.audit.api.links;

import com.fasterxml.jackson.databind.JsonNode;

import io.tradingecosystem.audit.correlation.links.ManualLink;
import io.tradingecosystem.audit.problem.Problem;
import io.tradingecosystem.audit.problem.Problem.Kind;
import io.tradingecosystem.audit.problem.ProblemException;

/** What a body that tells a link says. */
public final class LinkBody {
    private LinkBody() {}

    /**
     * Reads the link.
     *
     * @param cause the name of the member with the cause's id
     * @param effect the name of the member with the effect's id
     * @param type the name of the member with the relation
     */
    public static ManualLink link(JsonNode body, String cause, String effect, String type) {
        return new ManualLink(
                text(body, cause), text(body, effect), text(body, type), confidence(body));
    }

    private static String text(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new ProblemException(
                    Problem.of(Kind.INVALID, "The body has no " + name + "; it is a text."));
        }
        return value.textValue();
    }

    private static double confidence(JsonNode body) {
        JsonNode value = body.path("confidence");
        if (value.isMissingNode() || value.isNull()) {
            return 1;
        }
        if (!value.isNumber()) {
            throw new ProblemException(
                    Problem.of(Kind.INVALID, "The body's confidence is a number over 0 up to 1."));
        }
        return value.doubleValue();
    }
}
