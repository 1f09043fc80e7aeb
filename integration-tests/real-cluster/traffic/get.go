package main

import (
	"flag"
	"io"
	"net/http"
	"strings"
	"time"
)

// answer is what one request came to; Error is empty when there was an answer at all.
type answer struct {
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers"`
	Body    string            `json:"body"`
	Error   string            `json:"error"`
	Millis  float64           `json:"millis"`
}

func get(args []string) any {
	flags := flag.NewFlagSet("get", flag.ExitOnError)
	sent := headers{}
	flags.Var(sent, "H", "a header, name: value; may be given often")
	url := flags.String("url", "", "what to ask")
	method := flags.String("method", http.MethodGet, "how to ask")
	body := flags.String("body", "", "what to send")
	limit := flags.Duration("timeout", 5*time.Second, "how long to wait")
	_ = flags.Parse(args)
	started := time.Now()
	result := answer{Headers: map[string]string{}}
	response, err := ask(&http.Client{Timeout: *limit, CheckRedirect: stay}, *method, *url, *body, sent)
	result.Millis = millis(time.Since(started))
	if err != nil {
		result.Error = err.Error()
		return result
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		result.Error = err.Error()
	}
	result.Status, result.Body = response.StatusCode, string(text)
	for key, values := range response.Header {
		result.Headers[strings.ToLower(key)] = strings.Join(values, ",")
	}
	return result
}

func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

func ask(client *http.Client, method, url, body string, sent headers) (*http.Response, error) {
	request, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	for key, value := range sent {
		if strings.EqualFold(key, "host") {
			request.Host = value
		} else {
			request.Header.Set(key, value)
		}
	}
	return client.Do(request)
}

func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
