import type { DeviceKind } from '@plumbline/core/device'
import type { ComponentType } from 'react'
import { Failure, Loading, Section } from '../../../kit/ui/index.ts'
import { CranePanel } from './CranePanel.tsx'
import { Gauge } from './Gauge.tsx'
import { GroundPanel } from './GroundPanel.tsx'
import { HoistPanel } from './HoistPanel.tsx'
import './kinds.css'
import { type Live, useBearings, useLatest } from './readings.ts'
import { CuringPanel, ExitsPanel, MeterPanel, PerimeterPanel, TurnstilePanel } from './SitePanels.tsx'

type KindPanel = ComponentType<{ id: string; live: Live }>

const Pit: KindPanel = (props) => <GroundPanel {...props} title="基坑测点" />
const Formwork: KindPanel = (props) => <GroundPanel {...props} title="高支模测点" />

/** What is drawn of each kind of device; of the others their values alone. */
const panels: Partial<Record<DeviceKind, KindPanel>> = {
  crane: CranePanel,
  hoist: HoistPanel,
  pit: Pit,
  formwork: Formwork,
  curing_room: CuringPanel,
  meter: MeterPanel,
  perimeter: PerimeterPanel,
  turnstile: TurnstilePanel,
  weighbridge: ExitsPanel,
  wheel_wash: ExitsPanel,
}

interface LivePanelProps {
  id: string
  /** Draws the values of a kind that has no drawing of its own; the console has them in a table. */
  plain?: boolean
}

/** A device as it stands now, drawn after its kind. */
export function LivePanel({ id, plain = false }: LivePanelProps) {
  const latest = useLatest(id)
  const bearings = useBearings(id)
  const error = bearings.error ?? latest.error
  if (bearings.data && latest.data) {
    const live = { rows: latest.data.rows, bearings: bearings.data }
    const Panel = panels[bearings.data.kind]
    if (!Panel && !plain) return null
    return <div className="kind-live">{Panel ? <Panel id={id} live={live} /> : <Plain live={live} />}</div>
  }
  return error ? (
    <Failure
      error={error}
      again={() => {
        void bearings.refetch()
        void latest.refetch()
      }}
    />
  ) : (
    <Loading />
  )
}

const Plain = ({ live }: { live: Live }) => (
  <Section title="最新数值" note="自动监测" padded>
    {live.rows.map(({ quantity }) => (
      <Gauge key={quantity} live={live} quantity={quantity} />
    ))}
  </Section>
)
