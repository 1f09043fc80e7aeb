import { PageSection } from '@patternfly/react-core';
import { NotFound } from '~/shared/ui/states';
import { AppLink } from './navigate';

/** An address of the tenant that no page has. */
export function Elsewhere() {
  return (
    <PageSection hasBodyWrapper={false}>
      <NotFound what="This page" back={<AppLink to="overview">Go to the overview</AppLink>} />
    </PageSection>
  );
}
