// Command kubeplane is a Kubernetes control plane in one file: its first argument says which part it is.
// Linked together the three parts share their libraries on disk and in the page cache.
package main

import (
	"fmt"
	"io"
	"os"
	"syscall"

	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllers "k8s.io/kubernetes/cmd/kube-controller-manager/app"
)

var parts = map[string]func(){
	"etcd":                    func() { etcdmain.Main(os.Args) },
	"kube-apiserver":          func() { os.Exit(cli.Run(apiserver.NewAPIServerCommand())) },
	"kube-controller-manager": func() { os.Exit(cli.Run(controllers.NewControllerManagerCommand())) },
}

func main() {
	if os.Getenv("KUBEPLANE_STDIN_EOF") != "" {
		go endWithStandardInput()
	}
	if len(os.Args) < 2 || parts[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: kubeplane etcd|kube-apiserver|kube-controller-manager [flags]")
		os.Exit(2)
	}
	os.Args = os.Args[1:]
	parts[os.Args[0]]()
}

// endWithStandardInput ends this process when whoever holds the other end of its standard input is gone, even by
// SIGKILL: no exit hook of a test's JVM runs then, but the kernel closes its pipes.
func endWithStandardInput() {
	_, _ = io.Copy(io.Discard, os.Stdin)
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
}
