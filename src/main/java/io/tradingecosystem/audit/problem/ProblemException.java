package io.tradingecosystem.audit.problem;

/** Thrown by a door to answer a request with a problem of its own making. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /** Answers the request with {@code problem}. */
    public ProblemException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    /** There is nothing of a sort with that name. */
    public static ProblemException unknown(String sort, String name) {
        return new ProblemException(
                Problem.of(Problem.Kind.NOT_FOUND, "There is no " + sort + " " + name + "."));
    }

    /** The answer to the caller. */
    public Problem problem() {
        return problem;
    }
}
