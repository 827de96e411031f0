import type { Point } from '@plumbline/core/kit'
import { sayInstant } from '@plumbline/core/kit'
import type { DispatchView } from '@plumbline/core/telemetry'

const width = 640
const height = 300
const margin = 24
/** Metres of a degree of latitude (mean sphere). */
const perDegree = 111_195

interface TrackMapProps {
  track: DispatchView['track']
  place: Point
  /** Metres from the place that count as there. */
  near: number
  arrivedAt: string | null
}

/** The way of a truck to a site, to scale, north upwards: the circle is what counts as there. */
export function TrackMap({ track, place, near, arrivedAt }: TrackMapProps) {
  const narrowing = Math.cos((place.lat * Math.PI) / 180)
  const metres = ({ lon, lat }: Point) => ({
    x: (lon - place.lon) * perDegree * narrowing,
    y: (place.lat - lat) * perDegree,
  })
  const points = track.map(metres)
  const reachOf = (of: (one: { x: number; y: number }) => number) =>
    [Math.min(-near, ...points.map(of)), Math.max(near, ...points.map(of))] as const
  const [west, east] = reachOf(({ x }) => x)
  const [top, bottom] = reachOf(({ y }) => y)
  const scale = Math.min((width - 2 * margin) / (east - west), (height - 2 * margin) / (bottom - top))
  const at = ({ x, y }: { x: number; y: number }) => [
    width / 2 + (x - (west + east) / 2) * scale,
    height / 2 + (y - (top + bottom) / 2) * scale,
  ]
  const [cx, cy] = at({ x: 0, y: 0 })
  const [first, last] = [track[0]!, track.at(-1)!]
  const [x, y] = at(points.at(-1)!)
  const words = `${sayInstant(new Date(first.at))} 距工地 ${first.metres} 米，${sayInstant(new Date(last.at))} 距工地 ${last.metres} 米`
  return (
    <figure className="track">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`行车轨迹：${words}`}>
        <circle className="track-near" cx={cx} cy={cy} r={near * scale} />
        <polyline className="track-way" points={points.map((one) => at(one).join(',')).join(' ')} />
        <path className="track-site" d={`M${cx} ${cy! - 9} l8 16 h-16 z`} />
        <circle className="track-truck" cx={x} cy={y} r={6} />
      </svg>
      <figcaption className="tiny muted">
        △ 工地　● 洒水车最近位置 <span className="num">{sayInstant(new Date(last.at))}</span>，距工地{' '}
        <span className="num">{last.metres}</span> 米{arrivedAt && '　已到场'}
      </figcaption>
    </figure>
  )
}
