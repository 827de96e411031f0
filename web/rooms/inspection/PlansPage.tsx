import { inspectionContract as contract, type PlanYear } from '@plumbline/core/inspection'
import { Button, InputNumber } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useRoute } from '../../kit/api.ts'
import { mayOpen, useSession, useToday } from '../../kit/session.tsx'
import { Empty, Failure, Loading, Page, Section } from '../../kit/ui/index.ts'
import { MonthCell, thisMonthIn } from './Calendar.tsx'
import { months } from './PlanItems.tsx'
import './inspection.css'

/** 监督计划: the year of every project with a plan, done against planned. */
export function PlansPage() {
  const today = useToday()
  const session = useSession()
  const navigate = useNavigate()
  const [year, setYear] = useState(() => Number(today.slice(0, 4)))
  const { data, error, refetch } = useRoute(contract.calendar, { query: { year } })
  return (
    <Page
      title="监督计划"
      lead="每格为“已完成／计划”次数；+n 为计划外的检查。"
      actions={
        <>
          <InputNumber
            value={year}
            min={2000}
            max={2100}
            precision={0}
            onChange={(next) => next && setYear(next)}
            addonAfter="年"
            aria-label="年度"
          />
          {mayOpen(session, 'rectification.order') && (
            <Button type="primary" onClick={() => void navigate('/plans/new')}>
              拟定计划
            </Button>
          )}
        </>
      }
    >
      {error && <Failure error={error} again={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <Section title={`${year} 年`} note={`${data.rows.length} 个项目`}>
          {data.rows.length === 0 ? (
            <Empty>这一年度还没有监督计划。</Empty>
          ) : (
            <Year rows={data.rows} thisMonth={thisMonthIn(year, today)} />
          )}
        </Section>
      )}
    </Page>
  )
}

function Year({ rows, thisMonth }: { rows: readonly PlanYear[]; thisMonth: number }) {
  return (
    <table className="plain num year">
      <thead>
        <tr>
          <th>项目</th>
          <th>状态</th>
          {months.map((month) => (
            <th key={month}>{month} 月</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.projectId}>
            <td>
              <Link to={row.planId ? `/plan/${row.planId}` : `/project/${row.projectId}`}>{row.projectName}</Link>
            </td>
            <td>{row.stateLabel}</td>
            {months.map((month) => (
              <td key={month}>
                <MonthCell plan={row} month={month} thisMonth={thisMonth} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
