import { offlineReasons, statisticsContract } from '@plumbline/core/telemetry'
import { Link } from 'react-router'
import { useRoute } from '../../../kit/api.ts'
import { DataTable, Loaded, When, wholeList } from '../../../kit/ui/index.ts'
import { FreshnessTag } from '../words.tsx'
import { useAsked } from './parts.tsx'
import { RowsFrame } from './RowsFrame.tsx'
import './statistics.css'

/** 扬尘测点时效: each monitor, and why it is offline. */
export function MonitorsPage() {
  const asked = useAsked()
  const freshness = (['live', 'stale', 'never'] as const).find((one) => one === asked('freshness'))
  const found = useRoute(
    statisticsContract.monitors,
    { query: { town: asked('town'), freshness } },
    { refetchInterval: 30_000 },
  )
  return (
    <RowsFrame title="扬尘测点时效">
      <Loaded found={found}>
        {({ rows }) => (
          <DataTable
            pages={wholeList(rows)}
            rowKey={(row) => row.deviceId}
            label="扬尘测点时效"
            columns={[
              {
                key: 'device',
                title: '测点',
                render: (row) => <Link to={`/device/${row.deviceId}`}>{row.deviceName}</Link>,
              },
              {
                key: 'project',
                title: '项目',
                render: (row) => <Link to={`/project/${row.projectId}`}>{row.projectName}</Link>,
              },
              { key: 'town', title: '镇街', render: (row) => row.townName },
              { key: 'freshness', title: '时效', render: (row) => <FreshnessTag freshness={row.freshness} /> },
              { key: 'at', title: '最近正常数值', render: (row) => <When at={row.freshAt} /> },
              { key: 'reason', title: '原因', render: ({ reason }) => (reason ? offlineReasons[reason] : '—') },
            ]}
          />
        )}
      </Loaded>
    </RowsFrame>
  )
}
