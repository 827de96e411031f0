import { deviceContract, getModel, heldVerdicts, verdictNames } from '@plumbline/core/device'
import { Button } from 'antd'
import { Link } from 'react-router'
import { usePages } from '../../kit/api.ts'
import { oneOf, useFilter } from '../../kit/filter.ts'
import { Empty, Failure, FilterSelect, Loading, Page, Section } from '../../kit/ui/index.ts'
import { SpokenLine } from './Conversation.tsx'
import './device.css'

const verdicts = heldVerdicts.map((value) => ({ value, label: verdictNames[value] }))

/** 未入库报文: what devices sent and the house did not store as it was sent, with the reason where it stands in the frame. */
export function HeldBackPage() {
  const { filter, set } = useFilter(['verdict', 'projectId'])
  const verdict = oneOf(filter.verdict, verdicts)
  const { projectId } = filter
  const pages = usePages(deviceContract.heldBack, { query: { verdict, projectId, limit: 20 } })
  return (
    <Page
      title="未入库报文"
      crumbs={[{ label: '监测设备', to: '/devices' }]}
      lead="校验、格式、密码、时间有误的报文：逐条说明原因，不计入数据。没有登记的编号列在监测设备页。"
    >
      <Section title="报文" note="原始报文，密码已遮盖 · 保留 72 小时" padded={false}>
        <div className="device-held-filter">
          <FilterSelect
            label="原因"
            value={verdict}
            options={verdicts}
            onChange={(value) => set({ verdict: value })}
            width={260}
          />
          {projectId && <Link to="/devices/held-back">只列出指定项目的报文，点此列出全部</Link>}
        </div>
        {pages.error && <Failure error={pages.error} again={pages.again} />}
        {pages.isPending && !pages.error && <Loading />}
        {!pages.isPending && !pages.error && pages.rows.length === 0 && <Empty>没有符合条件的报文。</Empty>}
        <ol className="device-held">
          {pages.rows.map(({ device, ...spoken }) => (
            <li key={spoken.id}>
              <div>
                <Link to={`/device/${device.id}`}>{device.name}</Link> <span className="num muted">{device.mn}</span> ·{' '}
                <Link to={`/project/${device.projectId}`}>{device.projectName}</Link>
              </div>
              <ol className="device-talk">
                <SpokenLine spoken={spoken} model={getModel(device.modelCode)} />
              </ol>
            </li>
          ))}
        </ol>
        {pages.more && (
          <div className="device-more">
            <Button size="small" loading={pages.loadingMore} onClick={pages.more}>
              更早的报文
            </Button>
          </div>
        )}
      </Section>
    </Page>
  )
}
