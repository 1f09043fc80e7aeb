import { PageFrame } from '~/shared/ui/PageFrame';

export default function OverviewPage() {
  return <PageFrame title="Overview">Start</PageFrame>;
}
