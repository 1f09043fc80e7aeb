package io.weft.it.real;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Requests to one URL from a pod: by default 8 at a time, as fast as can be, counted by the answering cluster. */
public final class Load {
    private final List<String> flags;

    private Load(List<String> flags) {
        this.flags = List.copyOf(flags);
    }

    public static Load of(String url) {
        return new Load(List.of("-url", url));
    }

    /**
     * As people who keep trying a name: a new look-up and connection for every request. It may begin before the name
     * exists; see {@link LoadResult#failedAfterFirstAnswer}.
     */
    public static Load hammer(String url) {
        return of(url).flag("-fresh").atATime(6).within(Duration.ofSeconds(3));
    }

    public Load requests(int count) {
        return flag("-n", Integer.toString(count));
    }

    /** At most this long. Without it and a count a load ends when it is stopped. */
    public Load lasting(Duration duration) {
        return flag("-d", duration.toMillis() + "ms");
    }

    public Load perSecond(int rate) {
        return flag("-rate", Integer.toString(rate));
    }

    public Load atATime(int concurrency) {
        return flag("-c", Integer.toString(concurrency));
    }

    /** How long to wait for one answer. */
    public Load within(Duration limit) {
        return flag("-timeout", limit.toMillis() + "ms");
    }

    public Load header(String name, String value) {
        return flag("-H", name + ": " + value);
    }

    public Load method(String method) {
        return flag("-method", method);
    }

    /** Dials this {@code address:port} and asks no name server. */
    public Load connecting(String address) {
        return flag("-connect", address);
    }

    /** The response headers to count by; several are joined by a slash: {@code east/v1}. */
    public Load by(String... headers) {
        return flag("-by", String.join(",", headers));
    }

    private Load flag(String... words) {
        return new Load(Stream.concat(flags.stream(), Arrays.stream(words)).toList());
    }

    List<String> command(String traffic) {
        List<String> command = new ArrayList<>(List.of(traffic, "load"));
        command.addAll(flags);
        return command;
    }
}
