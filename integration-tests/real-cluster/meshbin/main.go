// Command meshbin is Istio's control plane and its tools in one file: its first argument says which of them it is.
package main

import (
	"fmt"
	"io"
	"os"
	"syscall"

	meshconfig "istio.io/api/mesh/v1alpha1"
	"istio.io/istio/istioctl/cmd"
	"istio.io/istio/manifests"
	agent "istio.io/istio/pilot/cmd/pilot-agent/app"
	discovery "istio.io/istio/pilot/cmd/pilot-discovery/app"
	istioagent "istio.io/istio/pkg/istio-agent"
	"istio.io/istio/pkg/log"
	"istio.io/istio/pkg/security"
	"istio.io/istio/security/pkg/nodeagent/sds"
)

var tools = map[string]func(args []string) error{
	"istiod": func([]string) error {
		log.EnableKlogWithCobra()
		return discovery.NewRootCommand().Execute()
	},
	"agent": func([]string) error {
		log.EnableKlogWithCobra()
		return agent.NewRootCommand(secretsFor).Execute()
	},
	"istioctl": func(args []string) error {
		if err := cmd.ConfigAndEnvProcessing(); err != nil {
			return err
		}
		return cmd.GetRootCmd(args).Execute()
	},
	"crds": printDefinitions,
}

func main() {
	if os.Getenv("MESHBIN_STDIN_EOF") != "" {
		go endWithStandardInput()
	}
	if len(os.Args) < 2 || tools[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: meshbin istiod|agent|istioctl ... | meshbin crds FILE")
		os.Exit(2)
	}
	os.Args = os.Args[1:]
	if err := tools[os.Args[0]](os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func secretsFor(options *security.Options, store security.SecretManager, keys *meshconfig.PrivateKeyProvider) istioagent.SDSService {
	return sds.NewServer(options, store, keys)
}

// printDefinitions writes the custom resource definitions to a file: Istio's settings registry may warn on standard
// output before main runs.
func printDefinitions(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("crds: %d arguments (expected: the file to write)", len(args))
	}
	definitions, err := manifests.FS.ReadFile("charts/base/files/crd-all.gen.yaml")
	if err != nil {
		return err
	}
	return os.WriteFile(args[0], definitions, 0o644)
}

// endWithStandardInput ends this process and, where it leads a process group, the Envoy that it started, when whoever
// holds the other end of its standard input is gone.
func endWithStandardInput() {
	_, _ = io.Copy(io.Discard, os.Stdin)
	if syscall.Getpgrp() == os.Getpid() {
		_ = syscall.Kill(0, syscall.SIGKILL)
	}
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
}
