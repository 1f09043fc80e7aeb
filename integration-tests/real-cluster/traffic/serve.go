package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// serve answers every request with its own name, in headers and body, and with what it saw of the request.
// POST /answer/<status> makes all later answers have that status; /sleep/<ms> waits first.
func serve(args []string) any {
	flags := flag.NewFlagSet("serve", flag.ExitOnError)
	address := flags.String("address", ":8080", "where to listen")
	name := flags.String("name", "", "who answers")
	cluster := flags.String("cluster", "", "where it runs")
	version := flags.String("version", "", "which version it is")
	_ = flags.Parse(args)
	go endWithStandardInput()
	var status atomic.Int32
	status.Store(http.StatusOK)
	answer := func(response http.ResponseWriter, request *http.Request) {
		if code, ok := number(request.URL.Path, "/answer/"); ok && request.Method == http.MethodPost {
			status.Store(int32(code))
			return
		}
		if pause, ok := number(request.URL.Path, "/sleep/"); ok {
			time.Sleep(time.Duration(pause) * time.Millisecond)
		}
		response.Header().Set("X-Name", *name)
		response.Header().Set("X-Cluster", *cluster)
		response.Header().Set("X-Version", *version)
		response.Header().Set("Content-Type", "application/json")
		response.WriteHeader(int(status.Load()))
		seen := map[string]string{}
		for key, values := range request.Header {
			seen[key] = strings.Join(values, ",")
		}
		_ = json.NewEncoder(response).Encode(map[string]any{"name": *name, "cluster": *cluster, "version": *version,
			"method": request.Method, "path": request.URL.Path, "host": request.Host, "headers": seen, "remote": request.RemoteAddr})
	}
	fmt.Fprintln(os.Stderr, http.ListenAndServe(*address, http.HandlerFunc(answer)))
	os.Exit(1)
	return nil
}

func number(path, prefix string) (int, bool) {
	rest, found := strings.CutPrefix(path, prefix)
	value, err := strconv.Atoi(rest)
	return value, found && err == nil
}

func endWithStandardInput() {
	_, _ = io.Copy(io.Discard, os.Stdin)
	os.Exit(3)
}
