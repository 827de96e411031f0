import type { Day } from '@plumbline/core/kit'
import { Segmented } from 'antd'
import { useState } from 'react'
import { useToday } from '../../kit/session.tsx'
import { DayPicker } from '../../kit/ui/index.ts'

/** What a curve is asked for; without a day it is that of today. */
export interface Span {
  step: 'hour' | 'minute'
  day: Day | undefined
}

const steps = [
  { value: 'hour' as const, label: '逐时' },
  { value: 'minute' as const, label: '最近一小时' },
]

/** The span of a curve, and what chooses it: hour by hour of a day, or minute by minute of the last hour. */
export function useSpan(): [Span, React.ReactNode] {
  const [step, setStep] = useState<Span['step']>('hour')
  const [day, setDay] = useState<Day>()
  const today = useToday()
  return [
    { step, day: step === 'hour' ? day : undefined },
    <>
      <Segmented aria-label="时段" value={step} options={steps} onChange={setStep} />
      {step === 'hour' && <DayPicker label="日期" value={day ?? today} last={today} onChange={setDay} />}
    </>,
  ]
}
