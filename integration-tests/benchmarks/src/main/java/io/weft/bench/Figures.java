package io.weft.bench;

import java.io.PrintStream;

/** Tells each figure as soon as it is there, as a row of a Markdown table; progress goes to another stream. */
final class Figures {
    private final PrintStream out;

    Figures(PrintStream out) {
        this.out = out;
        out.println(
                "Machine: " + Machine.description() + ". Load: average of the last minute, when the row was taken.");
        out.println();
        out.println("| what | figure | target | command | load |");
        out.println("|---|---|---|---|---|");
    }

    /** @param target of architecture.md, or "" */
    void row(String what, String figure, String target, String benchmark) {
        String command = "`integration-tests/benchmarks/run.sh " + benchmark + "`";
        out.println("| " + String.join(" | ", what, figure, target, command, Machine.load()) + " |");
        out.flush();
    }

    /** For whoever waits. */
    static void progress(String what) {
        System.err.println("# " + what);
    }
}
