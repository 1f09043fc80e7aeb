import { Button, Card, CardBody, CardHeader, CardTitle, Content } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '~/api/client';
import { keys } from '~/api/keys';
import { useTenant } from '~/app/navigate';
import { usePermission } from '~/app/permissions';
import { ActionButton } from '~/shared/ui/ActionButton';
import { Ago } from '~/shared/ui/AsOf';
import { ConfirmByName } from '~/shared/ui/ConfirmByName';
import { QueryView } from '~/shared/ui/QueryView';
import { toast } from '~/shared/ui/toasts';
import { tokensOptions, type Token } from '../queries';
import { NewToken } from './NewToken';

/** API tokens of the tenant; who may not manage them sees why. */
export function Tokens() {
  const tenant = useTenant();
  const { allowed, reason } = usePermission('tokens');
  const query = useQuery(tokensOptions(tenant, allowed));
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<Token>();
  return (
    <Card>
      <CardHeader
        actions={{
          actions: (
            <ActionButton needs="tokens" variant="secondary" onClick={() => setMaking(true)}>
              Make a token
            </ActionButton>
          ),
        }}
      >
        <CardTitle component="h2">API tokens of {tenant}</CardTitle>
      </CardHeader>
      <CardBody>
        {!allowed ? (
          <Content component="p">{reason}</Content>
        ) : (
          <QueryView query={query} what="Tokens">
            {({ items }) => (items.length === 0 ? <Content component="p">None yet. Scripts and pipelines use them as “Authorization: Bearer …” at this address.</Content> : <TokenTable tokens={items} onEnd={setEnding} />)}
          </QueryView>
        )}
      </CardBody>
      {making && <NewToken onClose={() => setMaking(false)} />}
      {ending !== undefined && <EndToken token={ending} onClose={() => setEnding(undefined)} />}
    </Card>
  );
}

function TokenTable({ tokens, onEnd }: { tokens: readonly Token[]; onEnd: (token: Token) => void }) {
  return (
    <Table aria-label="API tokens" variant="compact">
      <Thead>
        <Tr>
          <Th>Name</Th>
          <Th>Role</Th>
          <Th>Made</Th>
          <Th>By</Th>
          <Th>Last used</Th>
          <Th>Ends</Th>
          <Th screenReaderText="Actions" />
        </Tr>
      </Thead>
      <Tbody>
        {tokens.map((token) => (
          <Tr key={token.id}>
            <Td component="th" dataLabel="Name">
              {token.name}
            </Td>
            <Td dataLabel="Role">{token.role}</Td>
            <Td dataLabel="Made">
              <Ago at={token.createdAt} />
            </Td>
            <Td dataLabel="By">{token.createdBy}</Td>
            <Td dataLabel="Last used">
              <Ago at={token.lastUsedAt} none="never" />
            </Td>
            <Td dataLabel="Ends">
              <Ago at={token.expiresAt} none="never" />
            </Td>
            <Td isActionCell>
              <Button variant="link" isInline isDanger onClick={() => onEnd(token)} aria-label={`Delete the token ${token.name}`}>
                Delete
              </Button>
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function EndToken({ token, onClose }: { token: Token; onClose: () => void }) {
  const tenant = useTenant();
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: () => api.DELETE('/api/v1/tenants/{tenant}/tokens/{id}', { params: { path: { tenant, id: token.id } } }),
    onSuccess: () => {
      toast('success', `The token ${token.name} is deleted`);
      void queries.invalidateQueries({ queryKey: keys.all(tenant, 'tokens') });
      onClose();
    },
  });
  return (
    <ConfirmByName title={`Delete the token ${token.name}?`} name={token.name} action="Delete" isWorking={end.isPending} error={end.error} onConfirm={() => end.mutate()} onClose={onClose}>
      <Content component="p">Whatever uses it is refused within two seconds, on every replica of the hub. It cannot be undone.</Content>
    </ConfirmByName>
  );
}
