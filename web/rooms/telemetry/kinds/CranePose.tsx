import type { Bearings, Latest } from '@plumbline/core/telemetry'
import { around, sidePose } from './pose.ts'
import { isCurrent } from './readings.ts'

const side = { width: 360, height: 240 }
const top = 200
const radius = 84

interface CranePoseProps {
  rated: Bearings['rated']
  amplitude: Latest | undefined
  drop: Latest | undefined
  round: Latest | undefined
}

const valueOf = (row: Latest | undefined) => row?.value ?? null
const say = (row: Latest | undefined) => (row === undefined || row.value === null ? '不明' : `${row.value} ${row.unit}`)
const look = (...rows: (Latest | undefined)[]) => (rows.every(isCurrent) ? 'pose' : 'pose pose-old')

/** A tower crane as its values tell it, from the side and from above; what is old is drawn in grey dashes. */
export function CranePose({ rated, amplitude, drop, round }: CranePoseProps) {
  const { jib, height } = rated
  return (
    <div className="crane-poses">
      {jib !== undefined && height !== undefined ? (
        <Side plate={{ jib, height }} amplitude={amplitude} drop={drop} />
      ) : (
        <p className="pose-none muted tiny">设备参数里没有登记起重臂长和塔高，不能按比例画出侧视姿态。</p>
      )}
      <Top jib={jib} amplitude={amplitude} round={round} />
    </div>
  )
}

type SideProps = Pick<CranePoseProps, 'amplitude' | 'drop'> & { plate: { jib: number; height: number } }

function Side({ plate, amplitude, drop }: SideProps) {
  const {
    base,
    top: head,
    tip,
    tail,
    trolley,
    hook,
  } = sidePose(plate, { amplitude: valueOf(amplitude), drop: valueOf(drop) }, side)
  const label = `侧视：幅度 ${say(amplitude)}，吊钩距起重臂 ${say(drop)}，臂长 ${plate.jib} m，塔高 ${plate.height} m`
  return (
    <figure>
      <svg viewBox={`0 0 ${side.width} ${side.height}`} role="img" aria-label={label} className={look(amplitude, drop)}>
        <line className="pose-ground" x1={0} x2={side.width} y1={base.y} y2={base.y} />
        <line className="pose-frame" x1={base.x} y1={base.y} x2={head.x} y2={head.y - 10} />
        <line className="pose-frame" x1={tail.x} y1={tail.y} x2={tip.x} y2={tip.y} />
        <polyline className="pose-stay" points={`${tail.x},${tail.y} ${head.x},${head.y - 10} ${tip.x},${tip.y}`} />
        <rect className="pose-weight" x={tail.x} y={tail.y} width={10} height={8} />
        {trolley && <rect className="pose-trolley" x={trolley.x - 5} y={trolley.y - 2} width={10} height={5} />}
        {trolley && hook && (
          <>
            <line className="pose-rope" x1={hook.x} y1={trolley.y} x2={hook.x} y2={hook.y} />
            <circle className="pose-hook" cx={hook.x} cy={hook.y} r={4} />
          </>
        )}
      </svg>
      <figcaption className="tiny muted">
        侧视，按铭牌臂长 {plate.jib} m、塔高 {plate.height} m 的比例
      </figcaption>
    </figure>
  )
}

type TopProps = Pick<CranePoseProps, 'amplitude' | 'round'> & { jib: number | undefined }

function Top({ jib, amplitude, round }: TopProps) {
  const degrees = valueOf(round)
  const reach = valueOf(amplitude)
  const centre = { x: top / 2, y: top / 2 }
  const tip = degrees === null ? null : around(centre, radius, degrees)
  const tail = degrees === null ? null : around(centre, radius / 4, degrees + 180)
  const spot =
    degrees === null || reach === null || jib === undefined
      ? null
      : around(centre, Math.min(Math.max(reach / jib, 0), 1) * radius, degrees)
  return (
    <figure>
      <svg viewBox={`0 0 ${top} ${top}`} role="img" aria-label={`俯视：回转角度 ${say(round)}`} className={look(round)}>
        <circle className="pose-circle" cx={centre.x} cy={centre.y} r={radius} />
        <line className="pose-zero" x1={centre.x} x2={centre.x} y1={centre.y - radius - 8} y2={centre.y - radius + 8} />
        {tip && tail && <line className="pose-frame" x1={tail.x} y1={tail.y} x2={tip.x} y2={tip.y} />}
        <circle className="pose-mast" cx={centre.x} cy={centre.y} r={5} />
        {spot && (
          <circle
            className={isCurrent(amplitude) ? 'pose-hook' : 'pose-hook pose-hook-old'}
            cx={spot.x}
            cy={spot.y}
            r={4}
          />
        )}
      </svg>
      <figcaption className="tiny muted">俯视，上方为设备标定的零位</figcaption>
    </figure>
  )
}
