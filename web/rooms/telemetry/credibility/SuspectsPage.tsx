import { credibilityContract, type SuspectDay } from '@plumbline/core/telemetry'
import { Link } from 'react-router'
import { usePages } from '../../../kit/api.ts'
import { DataTable, Page } from '../../../kit/ui/index.ts'

const titlesOf = ({ findings }: SuspectDay) => [...new Set(findings.map(({ title }) => title))].join('、')

/** 数据可疑: devices whose day was judged suspect, the newest first. */
export function SuspectsPage() {
  const pages = usePages(credibilityContract.suspects, { query: {} })
  return (
    <Page title="数据可疑" lead="每日零时后由程序按规则推断，不作为处罚依据，是否属实须由人员到现场核实。">
      <DataTable
        pages={pages}
        label="数据可疑的设备"
        rowKey={({ deviceId, day }) => `${deviceId} ${day}`}
        empty="没有数据可疑的设备。"
        columns={[
          {
            key: 'device',
            title: '设备',
            render: ({ deviceId, deviceName }) => <Link to={`/device/${deviceId}`}>{deviceName}</Link>,
          },
          {
            key: 'project',
            title: '项目',
            render: ({ projectId, projectName }) => <Link to={`/project/${projectId}`}>{projectName}</Link>,
          },
          { key: 'day', title: '日期', width: 120, render: ({ day }) => <span className="num">{day}</span> },
          {
            key: 'score',
            title: '评分',
            width: 80,
            align: 'right',
            render: ({ score }) => <span className="num">{Math.round(score)}</span>,
          },
          { key: 'findings', title: '疑点', render: titlesOf },
        ]}
      />
    </Page>
  )
}
