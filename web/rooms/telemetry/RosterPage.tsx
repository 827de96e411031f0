import { type RosterView, telemetryContract, weekdayNames } from '@plumbline/core/telemetry'
import { Button, Form, Select } from 'antd'
import { call, useRoute } from '../../kit/api.ts'
import { useAttempt } from '../../kit/attempt.ts'
import { Failure, Loading, Page, Section, Tag } from '../../kit/ui/index.ts'
import './telemetry.css'

/** 夜间值班表: who is told at night. The chief sets it; others read it. */
export function RosterPage() {
  const roster = useRoute(telemetryContract.roster, {})
  if (roster.error && !roster.data) return <Failure error={roster.error} again={() => void roster.refetch()} />
  if (!roster.data) return <Loading />
  const { hours, tonight, steps } = roster.data
  const lead = `当日 ${hours.begins}:00 至次日 ${hours.ends}:00 的报警告知值班监督员；未安排的夜晚告知各项目指派的监督员。`
  return (
    <Page
      title="夜间值班表"
      crumbs={[{ label: '监测报警', to: '/alarms' }]}
      lead={lead}
      tags={tonight && <Tag tone="blue">现在值班：{tonight}</Tag>}
    >
      <Section title="每周值班" padded>
        {steps.length > 0 ? (
          <Setting view={roster.data} onSet={() => void roster.refetch()} />
        ) : (
          <Shown view={roster.data} />
        )}
      </Section>
    </Page>
  )
}

function Shown({ view: { record } }: { view: RosterView }) {
  if (!record) return <p className="muted">还没有编排，或者您不在值班表上。</p>
  return (
    <table className="plain">
      <tbody>
        {record.nights.map((night, weekday) => (
          <tr key={weekdayNames[weekday]}>
            <th scope="row">{weekdayNames[weekday]}</th>
            <td>{night?.name ?? <span className="muted">未安排</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface SettingProps {
  view: RosterView
  onSet: () => void
}

function Setting({ view: { record, officers, steps }, onSet }: SettingProps) {
  const { attempt, pending, error } = useAttempt()
  const set = ({ nights }: { nights: (string | undefined)[] }) =>
    attempt(async (requestId) => {
      const input = { nights: nights.map((personId) => personId ?? null) }
      await call(telemetryContract.setRoster, { body: { requestId, input } })
      onSet()
    }).catch(() => {})
  return (
    <Form
      layout="horizontal"
      labelCol={{ flex: '64px' }}
      className="telemetry-roster"
      initialValues={{ nights: weekdayNames.map((_, weekday) => record?.nights[weekday]?.personId) }}
      onFinish={(values: { nights: (string | undefined)[] }) => void set(values)}
    >
      {weekdayNames.map((name, weekday) => (
        <Form.Item key={name} name={['nights', weekday]} label={name}>
          <Select
            allowClear
            placeholder="未安排"
            options={officers.map(({ personId, name: officer }) => ({ value: personId, label: officer }))}
          />
        </Form.Item>
      ))}
      {error && <Failure error={error} />}
      <Button type="primary" htmlType="submit" loading={pending}>
        {steps[0]?.label}
      </Button>
    </Form>
  )
}
