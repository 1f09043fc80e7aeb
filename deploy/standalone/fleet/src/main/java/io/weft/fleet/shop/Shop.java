package io.weft.fleet.shop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The clusters that there are to play with, and any number of others for tests. */
public final class Shop {
    private Shop() {}

    /** An online shop in two clouds; most services are in more than one cluster. */
    public static List<ClusterPlan> online() {
        return List.of(
                online(
                        "aws-eu-1",
                        1,
                        "AWS",
                        "eu-central-1",
                        List.of("eu-central-1a", "eu-central-1b", "eu-central-1c"),
                        "e"),
                online("aws-us-1", 2, "AWS", "us-east-1", List.of("us-east-1a", "us-east-1b"), "u"),
                online("gcp-eu-1", 3, "GCP", "europe-west4", List.of("europe-west4-a", "europe-west4-b"), "g"));
    }

    private static ClusterPlan online(
            String name, int number, String provider, String region, List<String> zones, String letter) {
        List<ServicePlan> services = lines().stream()
                .map(line -> line.split("\\s+"))
                .filter(part -> List.of(part[4].split(",", -1)).contains(letter))
                .map(part -> ServicePlan.parse(part[0], part[1], part[2], part[3]))
                .toList();
        return new ClusterPlan(name, number, provider, region, zones, services);
    }

    private static List<String> lines() {
        try (InputStream in = Shop.class.getResourceAsStream("shop.txt")) {
            if (in == null) throw new IllegalStateException("resource shop.txt is missing");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Clusters {@code sim-0001} …, each with the same services {@code service-0001} … in the namespaces shop and web. */
    public static List<ClusterPlan> generated(int clusters, int services) {
        List<ServicePlan> all = new ArrayList<>();
        for (int number = 1; number <= services; number++) {
            all.add(new ServicePlan(
                    number % 2 == 1 ? "shop" : "web",
                    "service-%04d".formatted(number),
                    List.of(new ServicePlan.Port("http", 80, 8080)),
                    Map.of("v1", 1)));
        }
        return IntStream.rangeClosed(1, clusters)
                .mapToObj(number -> new ClusterPlan(
                        "sim-%04d".formatted(number), number, "Simulated", "sim-1", List.of("sim-1a"), all))
                .toList();
    }
}
