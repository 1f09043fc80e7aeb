// Command traffic is what runs inside the pods of the tests: an application that says who it is, a client that asks
// once, and a load that counts who answered.
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

func main() {
	commands := map[string]func(args []string) any{"serve": serve, "get": get, "load": load}
	if len(os.Args) < 2 || commands[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: traffic serve|get|load [flags]")
		os.Exit(2)
	}
	if err := json.NewEncoder(os.Stdout).Encode(commands[os.Args[1]](os.Args[2:])); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// headers is a flag that may be given often, as "name: value".
type headers map[string]string

func (h headers) String() string { return "" }

func (h headers) Set(line string) error {
	for i := range line {
		if line[i] == ':' {
			h[line[:i]] = trimmed(line[i+1:])
			return nil
		}
	}
	return fmt.Errorf("header: %q (expected: name: value)", line)
}

func trimmed(value string) string {
	for len(value) > 0 && value[0] == ' ' {
		value = value[1:]
	}
	return value
}
