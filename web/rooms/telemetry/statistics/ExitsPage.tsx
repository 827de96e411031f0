import { ExitFault, exitFaults, statisticsContract } from '@plumbline/core/telemetry'
import { Link } from 'react-router'
import { usePages } from '../../../kit/api.ts'
import { useFilter } from '../../../kit/filter.ts'
import { DataTable, FilterSelect, projectColumn, Tag, When } from '../../../kit/ui/index.ts'
import { sayNumber, useAsked } from './parts.tsx'
import { RowsFrame } from './RowsFrame.tsx'
import './statistics.css'

/** 车辆出场明细: all, or those with one fault. */
export function ExitsPage() {
  const asked = useAsked()
  const { filter, set } = useFilter(['fault'])
  const fault = ExitFault.safeParse(filter.fault).data
  const query = { projectId: asked('projectId'), from: asked('from'), until: asked('until'), fault }
  const pages = usePages(statisticsContract.exits, { query })
  return (
    <RowsFrame title="车辆出场明细">
      <DataTable
        pages={pages}
        rowKey={(row) => `${row.deviceId} ${row.id} ${row.at}`}
        label="车辆出场明细"
        empty="没有符合条件的出场记录。"
        filters={
          <FilterSelect
            label="问题"
            value={fault}
            options={Object.entries(exitFaults).map(([value, label]) => ({ value, label }))}
            onChange={(value) => set({ fault: value })}
            width={150}
          />
        }
        columns={[
          { key: 'at', title: '出场时间', render: (row) => <When at={row.at} /> },
          projectColumn,
          {
            key: 'device',
            title: '设备',
            render: (row) => <Link to={`/device/${row.deviceId}`}>{row.deviceName}</Link>,
          },
          { key: 'plate', title: '车牌', render: ({ plate }) => plate ?? <span className="muted">未识别</span> },
          { key: 'gross', title: '总重（t）', align: 'right', render: (row) => sayNumber(row.grossWeight) },
          {
            key: 'faults',
            title: '问题',
            render: ({ faults }) =>
              faults.length === 0
                ? '—'
                : faults.map((one) => (
                    <Tag key={one} tone="red">
                      {exitFaults[one]}
                    </Tag>
                  )),
          },
        ]}
      />
    </RowsFrame>
  )
}
