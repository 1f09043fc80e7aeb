import { Alert, Card, CardBody, CardTitle, FormGroup, FormSelect, FormSelectOption, TextArea, TextInput } from '@patternfly/react-core';
import { useId } from 'react';
import { METHODS, type RouteForm, ruleName, splitWords } from '../model';
import { type Request, headersOf, verdict } from '../request';

export interface Tried {
  method: string;
  path: string;
  headers: string;
}

export function requestOf(tried: Tried): Request {
  return { method: tried.method, path: tried.path, headers: headersOf(tried.headers) };
}

/** Says which rule a request would take, of the draft as it stands. Nothing is sent. */
export function RequestBox({ form, tried, onChange }: { form: RouteForm; tried: Tried; onChange: (tried: Tried) => void }) {
  const id = useId();
  const answer = verdict(form, requestOf(tried));
  const rule = answer.rule === null ? undefined : form.rules[answer.rule];
  const title =
    answer.rule === null || rule === undefined
      ? 'No rule: the service’s own default'
      : `Rule ${String(answer.rule + 1)}, ${ruleName(rule, answer.rule)}`;
  return (
    <Card isCompact component="section" aria-label="Test a request">
      <CardTitle component="h2">Test a request</CardTitle>
      <CardBody className="weft-request">
        <div className="weft-request-line">
          <FormSelect id={`${id}-method`} aria-label="Method" value={tried.method} onChange={(_event, method) => onChange({ ...tried, method })}>
            {METHODS.map((method) => (
              <FormSelectOption key={method} value={method} label={method} />
            ))}
          </FormSelect>
          <TextInput
            id={`${id}-path`}
            aria-label="Path and query"
            value={tried.path}
            onChange={(_event, path) => onChange({ ...tried, path })}
            spellCheck="false"
          />
        </div>
        <FormGroup label="Headers" fieldId={`${id}-headers`}>
          <TextArea
            id={`${id}-headers`}
            value={tried.headers}
            rows={2}
            placeholder="x-user: anna"
            onChange={(_event, headers) => onChange({ ...tried, headers })}
            spellCheck="false"
            resizeOrientation="vertical"
          />
        </FormGroup>
        <div role="status">
          <Alert isInline variant={answer.certain ? 'success' : 'warning'} title={title}>
            {rule === undefined ? 'The caller’s own cluster first, the others when it fails.' : splitWords(rule)}
            {!answer.certain && ' A rule before it could not be evaluated in this browser, so this is not certain.'}
          </Alert>
        </div>
        <ol className="weft-tried">
          {answer.answers.map((each) => (
            <li key={each.index}>
              <strong>{each.name}</strong>: {each.holds === 'yes' ? 'holds' : each.holds === 'no' ? 'does not hold' : 'unknown'}, {each.why}
            </li>
          ))}
        </ol>
      </CardBody>
    </Card>
  );
}
