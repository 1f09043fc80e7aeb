import { Alert, Button, Card, CardBody, CardTitle, Content, Tab, Tabs, TabTitleText } from '@patternfly/react-core';
import { DownloadIcon } from '@patternfly/react-icons';
import { useMutation, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { api, must } from '~/api/client';
import type { Schemas } from '~/api/types';
import { pathTo, useLinkProps, useTenant } from '~/app/navigate';
import { ActionButton } from '~/shared/ui/ActionButton';
import { Ago } from '~/shared/ui/AsOf';
import { CopyText } from '~/shared/ui/CopyText';
import { QueryView } from '~/shared/ui/QueryView';
import { Loading, WriteError } from '~/shared/ui/states';
import { installWays, manifestFile } from '../install';
import { Checklist, DiagnosisList } from './Checklist';

export type Token = Schemas['JoinToken'];
type Onboarding = Schemas['Onboarding'];

export interface InstallProps {
  cluster: string;
  /** Undefined when the page was loaded anew: a token is shown once. */
  token: Token | undefined;
  onToken: (token: Token) => void;
  onboarding: UseQueryResult<Onboarding>;
}

/** The manifest to apply, and beside it what the hub sees of it. */
export function Install({ cluster, token, onToken, onboarding }: InstallProps) {
  const phase = onboarding.data?.phase;
  const joined = phase !== undefined && phase !== 'Waiting' && phase !== 'Revoked';
  const link = useLinkProps();
  return (
    <div className="weft-two">
      {!joined && (
        <Card>
          <CardTitle component="h2">Apply this in the cluster</CardTitle>
          <CardBody>
            <div className="weft-stack">{token === undefined ? <NoToken cluster={cluster} onToken={onToken} onboarding={onboarding.data} /> : <Ways token={token} onToken={onToken} />}</div>
          </CardBody>
        </Card>
      )}
      <Card>
        <CardTitle component="h2">What the hub sees</CardTitle>
        <CardBody>
          <QueryView query={onboarding} what={`Cluster ${cluster}`}>
            {(read) => (
              <div className="weft-stack" aria-live="polite">
                <Checklist steps={read.steps} />
                {read.phase !== 'Ready' && <DiagnosisList diagnosis={read.diagnosis} />}
                {joined && (
                  <>
                    {read.phase === 'Ready' && (
                      <Alert isInline variant="success" title={`${cluster} is ready.`}>
                        Its services can now be taken into a global namespace.
                      </Alert>
                    )}
                    <span className="weft-actions">
                      <Button variant={read.phase === 'Ready' ? 'primary' : 'secondary'} component="a" {...link(pathTo('clusters', cluster))}>
                        Open the cluster
                      </Button>
                      {read.phase === 'Ready' && (
                        <Button variant="secondary" component="a" {...link('global-namespaces/create')}>
                          Create a global namespace
                        </Button>
                      )}
                    </span>
                  </>
                )}
              </div>
            )}
          </QueryView>
        </CardBody>
      </Card>
    </div>
  );
}

function useNewToken(cluster: string, onToken: (token: Token) => void) {
  const tenant = useTenant();
  return useMutation({
    mutationFn: () => must(api.POST('/api/v1/tenants/{tenant}/clusters/{name}/join-token', { params: { path: { tenant, name: cluster } }, body: { validSeconds: 3600 } })),
    onSuccess: onToken,
  });
}

function NoToken({ cluster, onToken, onboarding }: { cluster: string; onToken: (token: Token) => void; onboarding: Onboarding | undefined }) {
  const make = useNewToken(cluster, onToken);
  const expires = onboarding?.tokens.expiresAt;
  return (
    <>
      <WriteError error={make.error} />
      <Content component="p">
        {onboarding !== undefined && onboarding.tokens.issued > 0 ? (
          <>
            A token was made before and is shown only once. If its manifest was applied, wait; its time ends <Ago at={expires} />. Otherwise make a new one.
          </>
        ) : (
          'The agent joins with a token that may be used once.'
        )}
      </Content>
      <ActionButton needs="enrol" variant="primary" isLoading={make.isPending} onClick={() => make.mutate()}>
        Make a new token
      </ActionButton>
    </>
  );
}

function Ways({ token, onToken }: { token: Token; onToken: (token: Token) => void }) {
  const tenant = useTenant();
  const [way, setWay] = useState<string | number>('kubectl');
  const make = useNewToken(token.cluster, onToken);
  const manifest = useQuery({
    // Has a secret: kept in memory as long as it is on the screen, under a key that says nothing.
    queryKey: ['manifest', tenant, token.cluster, token.expiresAt],
    queryFn: ({ signal }) =>
      must(
        api.GET('/api/v1/tenants/{tenant}/clusters/{name}/manifest', {
          params: { path: { tenant, name: token.cluster }, query: { token: token.token } },
          parseAs: 'text',
          headers: { Accept: 'application/yaml' },
          signal,
        }),
      ),
    staleTime: Infinity,
    gcTime: 0,
  });
  const text = manifest.data ?? '';
  const ways = installWays({ origin: location.origin, tenant, cluster: token.cluster, joinToken: token.token }, text);
  return (
    <>
      <WriteError error={make.error ?? manifest.error} />
      <Content component="p">
        One agent may join with this token. Its time ends <Ago at={token.expiresAt} />; it is shown only here.
      </Content>
      <Tabs activeKey={way} onSelect={(_event, key) => setWay(key)} aria-label="Ways to install the agent" isSubtab>
        <Tab eventKey="kubectl" title={<TabTitleText>kubectl</TabTitleText>}>
          <div className="weft-stack weft-tab-body">
            {manifest.isPending ? (
              <Loading lines={2} label="Loading the manifest" />
            ) : (
              <>
                <Content component="p">Download the manifest, then apply it with kubectl’s context on the cluster:</Content>
                <Download name={manifestFile(token.cluster)} text={text} label="Download the manifest" />
                <CopyText text={ways.kubectl} label="The command for kubectl" />
                <Content component="p">Or copy all of it, and pipe it into kubectl apply -f -:</Content>
                <CopyText text={text} label="The manifest" multiline />
              </>
            )}
          </div>
        </Tab>
        <Tab eventKey="curl" title={<TabTitleText>curl</TabTitleText>}>
          <div className="weft-stack weft-tab-body">
            <Content component="p">In one line, where WEFT_TOKEN is a token of the API (Settings, or ./weft token):</Content>
            <CopyText text={ways.curl} label="The command with curl" multiline />
          </div>
        </Tab>
        <Tab eventKey="helm" title={<TabTitleText>Helm</TabTitleText>}>
          <div className="weft-stack weft-tab-body">
            <Content component="p">With the chart of the Weft repository and these values:</Content>
            {ways.values !== undefined && <Download name={`weft-values-${token.cluster}.yaml`} text={ways.values} label="Download the values" />}
            <CopyText text={ways.helm} label="The command for Helm" />
          </div>
        </Tab>
      </Tabs>
      <Button variant="link" isInline isLoading={make.isPending} onClick={() => make.mutate()}>
        Make another token
      </Button>
    </>
  );
}

function Download({ name, text, label }: { name: string; text: string; label: string }) {
  return (
    <Button
      variant="secondary"
      icon={<DownloadIcon />}
      isDisabled={text === ''}
      onClick={() => {
        const address = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
        const anchor = document.createElement('a');
        anchor.href = address;
        anchor.download = name;
        anchor.click();
        setTimeout(() => URL.revokeObjectURL(address), 10_000);
      }}
    >
      {label}
    </Button>
  );
}
