package io.weft.it.real;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one container of a pod, as a process in a mount namespace of its own, in its pod's network: it sees the image's
 * files, its volumes, and of this machine only what an image of that base would bring (libraries, shell, JDK).
 */
final class StandInContainer {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Za-z_][A-Za-z0-9_]*)\\)");
    /** From this machine, where the image does not have them itself. */
    private static final String BASE = "usr lib lib64 bin sbin";

    private final Pod pod;
    private final Container container;
    private final ImageArchive image;
    private final Path folder;
    private final PodFiles files;
    private final PodPlace place;
    private final String apiServer;

    StandInContainer(Pod pod, ImageArchive image, Path folder, ControlPlane plane, PodPlace place) {
        if (pod.getSpec().getContainers().size() != 1
                || !pod.getSpec().getInitContainers().isEmpty()) {
            throw new UnsupportedOperationException("containers: more than one (expected: one and no init container)");
        }
        this.pod = pod;
        this.container = pod.getSpec().getContainers().getFirst();
        this.image = image;
        this.folder = folder;
        this.files = new PodFiles(plane, pod, place.reported());
        this.place = place;
        this.apiServer = plane.url();
    }

    ChildProcess start() {
        Map<String, String> environment = environment();
        String script = script(command(environment), mounts());
        ControlPlaneKeys.write(folder.resolve("start.sh"), script);
        List<String> words = new ArrayList<>(place.entrance());
        words.addAll(List.of("unshare", "--mount", "--propagation", "private", "sh", "-e", folder + "/start.sh"));
        return ChildProcess.start(
                pod.getMetadata().getName(), words, folder, environment, folder.resolve("output.log"));
    }

    /** Writes the volumes; where each is to be seen in the container. */
    private List<VolumeMount> mounts() {
        for (Volume volume : pod.getSpec().getVolumes()) {
            files.write(volume, folder.resolve("volumes").resolve(volume.getName()));
        }
        for (VolumeMount mount : container.getVolumeMounts()) {
            if (mount.getSubPath() != null) {
                throw new UnsupportedOperationException("subPath: " + mount.getSubPath() + " (expected: none)");
            }
        }
        return container.getVolumeMounts();
    }

    private String script(List<String> command, List<VolumeMount> mounts) {
        Path root = folder.resolve("root");
        StringBuilder script = new StringBuilder("""
                # Ends the group when the JVM that holds standard input is gone.
                exec 3<&0
                (cat <&3 >/dev/null; kill -KILL -$$) &
                exec 3<&- </dev/null
                root='%1$s'
                mkdir -p "$root"
                cp -a '%2$s/.' "$root"
                mount --bind "$root" "$root"
                mkdir -p "$root/tmp" "$root/proc" "$root/dev"
                chmod 1777 "$root/tmp"
                for base in %3$s; do
                  [ -e "$root/$base" ] || { mkdir -p "$root/$base"; mount --rbind -o ro "/$base" "$root/$base"; }
                done
                # Copied: mount points in /etc are common, and a bind of this machine's could not take them.
                [ -e "$root/etc/passwd" ] || (
                  mkdir -p "$root/etc" && cd /etc
                  for base in passwd group hosts resolv.conf nsswitch.conf ld.so.cache ssl ca-certificates java-*; do
                    [ ! -e "$base" ] || cp -rL "$base" "$root/etc/" 2>/dev/null || true
                  done
                )
                mount --rbind /proc "$root/proc"
                mount --rbind /dev "$root/dev"
                """.formatted(root, image.files(), BASE));
        for (VolumeMount mount : mounts) {
            script.append("mkdir -p \"$root%1$s\"\nmount --bind '%2$s/volumes/%3$s' \"$root%1$s\"\n"
                    .formatted(mount.getMountPath(), folder, mount.getName()));
            if (emptyDirectory(mount.getName())) {
                script.append("chmod 1777 \"$root%s\"\n".formatted(mount.getMountPath()));
            }
        }
        if (security() != null && Boolean.TRUE.equals(security().getReadOnlyRootFilesystem())) {
            script.append("mount -o remount,bind,ro \"$root\"\n");
        }
        return script.append("exec chroot \"$root\" " + user() + inWorkingDirectory(command) + "\n")
                .toString();
    }

    private boolean emptyDirectory(String volume) {
        return pod.getSpec().getVolumes().stream()
                .anyMatch(each -> each.getName().equals(volume) && each.getEmptyDir() != null);
    }

    private @Nullable SecurityContext security() {
        return container.getSecurityContext();
    }

    private String user() {
        Long asked = security() == null ? null : security().getRunAsUser();
        if (asked == null && pod.getSpec().getSecurityContext() != null) {
            asked = pod.getSpec().getSecurityContext().getRunAsUser();
        }
        String user = asked == null ? image.user().replaceFirst(":.*", "") : Long.toString(asked);
        return user.isEmpty() ? "" : "setpriv --reuid=%1$s --regid=%1$s --clear-groups --no-new-privs ".formatted(user);
    }

    private String inWorkingDirectory(List<String> command) {
        String directory = container.getWorkingDir() == null ? image.workingDirectory() : container.getWorkingDir();
        StringBuilder words = new StringBuilder("sh -c 'cd \"$0\" && exec \"$@\"' " + quoted(directory));
        command.forEach(word -> words.append(' ').append(quoted(word)));
        return words.toString();
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private List<String> command(Map<String, String> environment) {
        List<String> own = container.getCommand();
        List<String> command = new ArrayList<>(own.isEmpty() ? image.entrypoint() : own);
        boolean imageArguments = own.isEmpty() && container.getArgs().isEmpty();
        command.addAll(imageArguments ? image.command() : container.getArgs());
        return command.stream().map(word -> expanded(word, environment)).toList();
    }

    private Map<String, String> environment() {
        if (!container.getEnvFrom().isEmpty()) {
            throw new UnsupportedOperationException("envFrom: " + container.getEnvFrom() + " (expected: env)");
        }
        Map<String, String> environment = new LinkedHashMap<>();
        Path java = Path.of(System.getProperty("java.home"));
        environment.put("PATH", java.resolve("bin") + ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        environment.put("HOME", "/tmp");
        for (String line : image.environment()) {
            int equals = line.indexOf('=');
            environment.put(line.substring(0, equals), line.substring(equals + 1));
        }
        // An image without a JDK of its own finds this machine's.
        environment.computeIfPresent(
                "PATH", (name, path) -> path.contains(java.toString()) ? path : path + ":" + java.resolve("bin"));
        environment.put("HOSTNAME", pod.getMetadata().getName());
        URI server = URI.create(apiServer);
        environment.put("KUBERNETES_SERVICE_HOST", server.getHost());
        environment.put("KUBERNETES_SERVICE_PORT", Integer.toString(server.getPort()));
        environment.put("KUBERNETES_SERVICE_PORT_HTTPS", Integer.toString(server.getPort()));
        for (EnvVar variable : container.getEnv()) {
            environment.put(variable.getName(), value(variable, environment));
        }
        return environment;
    }

    private String value(EnvVar variable, Map<String, String> before) {
        EnvVarSource source = variable.getValueFrom();
        if (source == null) {
            return variable.getValue() == null ? "" : expanded(variable.getValue(), before);
        }
        if (source.getSecretKeyRef() != null) {
            var reference = source.getSecretKeyRef();
            return files.secret(reference.getName(), reference.getOptional()).getOrDefault(reference.getKey(), "");
        }
        if (source.getConfigMapKeyRef() != null) {
            var reference = source.getConfigMapKeyRef();
            return files.configMap(reference.getName(), reference.getOptional()).getOrDefault(reference.getKey(), "");
        }
        if (source.getFieldRef() != null) {
            return files.field(source.getFieldRef().getFieldPath());
        }
        throw new UnsupportedOperationException(
                "valueFrom: " + variable.getName() + " (expected: a Secret, ConfigMap or field)");
    }

    private static String expanded(String text, Map<String, String> values) {
        return REFERENCE.matcher(text).replaceAll(match -> {
            String value = values.get(match.group(1));
            return Matcher.quoteReplacement(value == null ? match.group() : value);
        });
    }
}
