import type { CredibilityDay } from '@plumbline/core/telemetry'
import { sayInstant } from '@plumbline/core/kit'
import { Select } from 'antd'
import { useState } from 'react'
import { sayClause } from '../../../kit/clause.ts'
import { useToday } from '../../../kit/session.tsx'
import { Failure, Loading, Tag } from '../../../kit/ui/index.ts'
import './credibility.css'
import { SuspectTag } from './Doubted.tsx'
import { useCredibility } from './doubt.ts'
import { Findings } from './Findings.tsx'

/** 数据可信度 of a device: the score of a day with what speaks against it. */
export function CredibilityPanel({ id }: { id: string }) {
  const today = useToday()
  const [chosen, setChosen] = useState<string>()
  const credibility = useCredibility(id, chosen === today ? undefined : chosen)
  if (credibility.error && !credibility.data)
    return <Failure error={credibility.error} again={() => void credibility.refetch()} />
  if (!credibility.data) return <Loading />
  const { day, days, suspectBelow } = credibility.data
  const others = days.filter((one) => one.day !== today)
  return (
    <div className="credibility">
      <div className="credibility-head">
        <Select
          aria-label="日期"
          style={{ width: 240 }}
          value={chosen ?? today}
          options={[
            { value: today, label: `${today} 今日` },
            ...others.map((one) => ({ value: one.day, label: `${one.day} ${sayScore(one)}` })),
          ]}
          onChange={setChosen}
        />
        {day && <Verdict day={day} />}
      </div>
      {day ? <Findings findings={day.findings} /> : <p className="muted">这一天没有可供判断的数据。</p>}
      <p className="tiny muted">
        满分 100，低于 {suspectBelow} 为可疑。由程序按规则推断，不作为处罚依据，是否属实须由人员到现场核实。
        {sayClause('house.credibility')}。
      </p>
    </div>
  )
}

const sayScore = ({ score, suspect }: { score: number; suspect: boolean }): string =>
  `${Math.round(score)} 分${suspect ? ' 可疑' : ''}`

function Verdict({ day: { score, suspect, running, judgedAt } }: { day: CredibilityDay }) {
  return (
    <>
      {suspect ? <SuspectTag /> : <Tag tone="calm">可信</Tag>}
      <span className="num">{Math.round(score)} 分</span>
      {running && <span className="tiny muted">截至 {sayInstant(new Date(judgedAt)).slice(11)}</span>}
    </>
  )
}
