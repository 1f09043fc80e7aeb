import {
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  List,
  ListItem,
} from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { AppLink, pathTo } from '~/app/navigate';
import { Findings } from '~/shared/changes/Findings';
import type { GlobalService } from '~/shared/changes/global-services';
import { counted } from '~/shared/format/numbers';
import { CopyText } from '~/shared/ui/CopyText';
import { portWords, serviceState } from '../model';

/** Beside the list: what it is, where it is, and what is the matter. */
export function ServiceSummary({ service }: { service: GlobalService }) {
  return (
    <>
      <Findings findings={service.findings} />
      <DescriptionList isCompact>
        <Group term="State">{serviceState(service).why}</Group>
        <Group term="Called as">
          <CopyText text={service.host} label="The global name" />
        </Group>
        <Group term="Ports">{portWords(service.ports) || 'none'}</Group>
        <Group term="Clusters">
          <List isPlain>
            {service.clusters.map((each) => (
              <ListItem key={`${each.cluster}/${each.namespace}`}>
                <AppLink to={pathTo('clusters', each.cluster)}>{each.cluster}</AppLink>, {each.namespace}: {counted(each.instances, 'instance')}
                {each.versions.length > 0 && ` of ${each.versions.join(', ')}`}
                {!each.answered && ', not answered to others yet'}
              </ListItem>
            ))}
          </List>
        </Group>
      </DescriptionList>
      <p>
        <AppLink to={pathTo('services', service.globalNamespace, service.name)}>Open the service</AppLink>
      </p>
    </>
  );
}

function Group({ term, children }: { term: string; children: ReactNode }) {
  return (
    <DescriptionListGroup>
      <DescriptionListTerm>{term}</DescriptionListTerm>
      <DescriptionListDescription>{children}</DescriptionListDescription>
    </DescriptionListGroup>
  );
}
