package io.weft.browser;

import io.weft.it.whole.Rest;
import io.weft.it.whole.WeftProcess;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The product as {@code ./weft up} starts it, for a person at its console. */
public final class ConsoleStack implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("Weft is up at (http://[^\\s;]+)");
    private static final Pattern PASSWORD = Pattern.compile("password[: ]+(\\S+)");

    private final WeftProcess weft;

    private ConsoleStack(WeftProcess weft) {
        this.weft = weft;
    }

    /** With the demonstration's fleet. */
    static ConsoleStack up() {
        long before = System.nanoTime();
        ConsoleStack stack = up("127.0.0.1", "--quiet-fleet");
        System.out.printf("figure: ./weft up, ready in %.1f s%n", (System.nanoTime() - before) / 1e9);
        return stack;
    }

    /**
     * Without clusters.
     *
     * @param hubAddress at which agents reach this machine
     */
    static ConsoleStack withoutFleet(String hubAddress) {
        return up(hubAddress, "--no-demo");
    }

    private static ConsoleStack up(String hubAddress, String option) {
        return new ConsoleStack(WeftProcess.up(1, hubAddress, WeftProcess.freePort(), Map.of(), option));
    }

    /** Where people reach it: scheme, host and port. */
    public String address() {
        return printed(ADDRESS);
    }

    /** Of every demonstration user. */
    public String password() {
        return printed(PASSWORD);
    }

    private String printed(Pattern pattern) {
        Matcher matcher = pattern.matcher(weft.output());
        if (!matcher.find()) throw new AssertionError("./weft up did not print " + pattern + ": " + weft.output());
        return matcher.group(1);
    }

    /** The REST interface as the administrator of the tenant demo, past the browser. */
    public Rest rest() {
        return new Rest(address(), weft.token());
    }

    /** As {@code kill -9} to a process of the tree, such as {@code hub-1}; the launcher starts it again. */
    public void kill(String component) {
        Matcher process = Pattern.compile(component + " .*process (\\d+)").matcher(weft.weft("status"));
        if (!process.find()) throw new AssertionError(component + " does not run");
        ProcessHandle.of(Long.parseLong(process.group(1))).orElseThrow().destroyForcibly();
    }

    @Override
    public void close() {
        weft.close();
    }
}
