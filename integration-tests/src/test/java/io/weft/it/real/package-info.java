/**
 * Real Kubernetes API servers, istiod and Envoy for tests, without a container engine.
 *
 * <p>A {@link io.weft.it.real.ControlPlane} is one API server with etcd and the controller-manager, ready in about
 * three seconds. A {@link io.weft.it.real.MeshLab} is several of them with istiod each, joined by gateways over a wide
 * area network, and pods with Envoy, in network namespaces. A {@link io.weft.it.real.KubeletStandIn} runs the
 * containers of applied Deployments as processes of this machine.
 *
 * {@snippet :
 * @RealCluster
 * class CartIT {
 *     private final MeshLab lab = MeshLab.shared(LabSpec.eastAndWest());
 *
 *     @Test
 *     void answersFromItsOwnCluster() {
 *         lab.cluster("east").apply(yaml);                            // strict server-side apply
 *         KubernetesClient client = lab.cluster("east").client();     // Fabric8, as administrator
 *         Answer answer = lab.pod("web-e").get("http://cart.shop.example/");
 *         LoadResult load = lab.pod("web-e").run(Load.of("http://cart.shop.example/").requests(1000));
 *         assertThat(load.failed()).isZero();
 *         assertThat(lab.rejectedUpdates()).isEmpty();                // else Envoy kept the old configuration
 *     }
 * }
 * }
 *
 * <p>The API servers and {@code istiod:15014} are reached from this JVM at {@code lab.cluster("east").url()} and
 * {@code lab.cluster("east").istiodAddress()}; so are pods. Pods reach this JVM only at ports given to
 * {@link io.weft.it.real.MeshLab#openToPods}. The binaries come from {@code real-cluster/build.sh}; without them the
 * tests are skipped.
 */
@NullMarked
package io.weft.it.real;

import org.jspecify.annotations.NullMarked;
