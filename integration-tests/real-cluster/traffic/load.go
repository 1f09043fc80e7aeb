package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// tally is what a load came to. Times are milliseconds from its start and -1 where there was no such moment.
// A request fails when it has no answer or one whose status is not 200.
type tally struct {
	Requests               int            `json:"requests"`
	Failed                 int            `json:"failed"`
	FailedAfterFirstAnswer int            `json:"failedAfterFirstAnswer"`
	By                     map[string]int `json:"by"`
	Errors                 map[string]int `json:"errors"`
	FirstAnswer            float64        `json:"firstAnswerMillis"`
	FirstFailure           float64        `json:"firstFailureMillis"`
	LastFailure            float64        `json:"lastFailureMillis"`
	Seconds                float64        `json:"seconds"`
	P50                    float64        `json:"p50Millis"`
	P90                    float64        `json:"p90Millis"`
	P99                    float64        `json:"p99Millis"`
	Max                    float64        `json:"maxMillis"`
	latencies              []float64
	// when a failed request was *sent*: one sent before the first answer says nothing about after it
	failures []time.Duration
}

type loadFlags struct {
	url, connect, keys, method string
	sent                       headers
	requests                   int64
	concurrency                int
	rate                       float64
	duration, limit            time.Duration
	fresh                      bool
}

func loadFlagsOf(args []string) loadFlags {
	f := loadFlags{sent: headers{}}
	flags := flag.NewFlagSet("load", flag.ExitOnError)
	flags.Var(f.sent, "H", "a header, name: value; may be given often")
	flags.StringVar(&f.url, "url", "", "what to ask")
	flags.StringVar(&f.method, "method", http.MethodGet, "how to ask")
	flags.StringVar(&f.connect, "connect", "", "dial this address whatever the URL says")
	flags.StringVar(&f.keys, "by", "X-Cluster", "response headers to count by, separated by commas")
	flags.Int64Var(&f.requests, "n", 0, "how many requests (0: until the duration or standard input ends)")
	flags.IntVar(&f.concurrency, "c", 8, "how many at a time")
	flags.Float64Var(&f.rate, "rate", 0, "requests a second (0: as fast as can be)")
	flags.DurationVar(&f.duration, "d", 10*time.Minute, "how long at most")
	flags.DurationVar(&f.limit, "timeout", 5*time.Second, "how long to wait for one answer")
	flags.BoolVar(&f.fresh, "fresh", false, "a new look-up and connection for every request")
	_ = flags.Parse(args)
	return f
}

// load asks until the count, the duration or standard input ends, then tells what came of it.
func load(args []string) any {
	f := loadFlagsOf(args)
	client := f.client()
	started := time.Now()
	var issued atomic.Int64
	var stopped atomic.Bool
	go func() { _, _ = io.Copy(io.Discard, os.Stdin); stopped.Store(true) }()
	result := &tally{By: map[string]int{}, Errors: map[string]int{}, FirstAnswer: -1, FirstFailure: -1, LastFailure: -1}
	var guard sync.Mutex
	var workers sync.WaitGroup
	for range f.concurrency {
		workers.Go(func() {
			for !stopped.Load() && time.Since(started) < f.duration {
				turn := issued.Add(1)
				if f.requests > 0 && turn > f.requests {
					return
				}
				if f.rate > 0 {
					time.Sleep(time.Until(started.Add(time.Duration(float64(turn) / f.rate * float64(time.Second)))))
				}
				sent := time.Since(started)
				by, failure := f.once(client)
				guard.Lock()
				result.count(by, failure, sent, time.Since(started))
				guard.Unlock()
			}
		})
	}
	workers.Wait()
	result.finish(time.Since(started))
	return result
}

func (f loadFlags) client() *http.Client {
	transport := &http.Transport{MaxIdleConnsPerHost: f.concurrency, DisableKeepAlives: f.fresh}
	if f.connect != "" {
		transport.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "tcp", f.connect)
		}
	}
	return &http.Client{Transport: transport, Timeout: f.limit, CheckRedirect: stay}
}

// once asks once: who answered, or why it failed.
func (f loadFlags) once(client *http.Client) (by, failure string) {
	response, err := ask(client, f.method, f.url, "", f.sent)
	if err != nil {
		return "", lastPart(err.Error())
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return "", lastPart(err.Error())
	}
	if response.StatusCode != http.StatusOK {
		return "", strings.TrimSpace(fmt.Sprintf("%d %.60s", response.StatusCode, body))
	}
	var values []string
	for _, key := range strings.Split(f.keys, ",") {
		values = append(values, response.Header.Get(key))
	}
	return strings.Join(values, "/"), ""
}

func lastPart(message string) string {
	if i := strings.LastIndex(message, ": "); i > 0 {
		return message[i+2:]
	}
	return message
}

func (t *tally) count(by, failure string, sent, done time.Duration) {
	t.Requests++
	t.latencies = append(t.latencies, millis(done-sent))
	if failure == "" {
		t.By[by]++
		if t.FirstAnswer < 0 {
			t.FirstAnswer = millis(done)
		}
		return
	}
	t.Failed++
	t.Errors[failure]++
	t.failures = append(t.failures, sent)
	if t.FirstFailure < 0 {
		t.FirstFailure = millis(done)
	}
	t.LastFailure = millis(done)
}

func (t *tally) finish(took time.Duration) {
	for _, sent := range t.failures {
		if t.FirstAnswer >= 0 && millis(sent) > t.FirstAnswer {
			t.FailedAfterFirstAnswer++
		}
	}
	t.Seconds = took.Seconds()
	sort.Float64s(t.latencies)
	if last := len(t.latencies) - 1; last >= 0 {
		at := func(share float64) float64 { return t.latencies[int(share*float64(last))] }
		t.P50, t.P90, t.P99, t.Max = at(.5), at(.9), at(.99), at(1)
	}
}
