import { type Check, checksOf, type CheckedValue, deviceContract } from '@plumbline/core/device'
import { telemetryContract } from '@plumbline/core/telemetry'
import { useRoute } from '../../../kit/api.ts'
import { useLegalNow } from '../../../kit/session.tsx'
import { Failure, Loading, Tag, type Tone } from '../../../kit/ui/index.ts'
import './checks.css'

const soon = 5_000
const pm10 = 'a34002'

/** 接入核对: network, frame, clock and values of a device as they stand now, each with what to do next. */
export function DeviceChecks({ id }: { id: string }) {
  const device = useRoute(deviceContract.get, { params: { id } }, { refetchInterval: soon })
  const latest = useRoute(telemetryContract.latest, { params: { id } }, { refetchInterval: soon })
  const particles = latest.data?.rows.some(({ quantity, at }) => quantity === pm10 && at !== null) ?? false
  const series = useRoute(
    telemetryContract.series,
    { params: { id }, query: { quantity: pm10, step: 'hour' } },
    { enabled: particles, refetchInterval: 60_000 },
  )
  const now = useLegalNow()
  if (device.error && !device.data) return <Failure error={device.error} again={() => void device.refetch()} />
  if (!device.data) return <Loading />
  const { record, line, skewMinutes } = device.data
  const rows: CheckedValue[] = (latest.data?.rows ?? []).flatMap((row) =>
    row.at === null ? [] : [{ ...row, dayMean: row.quantity === pm10 ? meanOf(series.data?.buckets ?? []) : null }],
  )
  const checks = checksOf({ device: record, line, latest: rows, now: now.toISOString(), skewMinutes })
  return <CheckList checks={checks} />
}

/** The mean of today's hours so far, each by its normal values; null when there is none. */
function meanOf(buckets: readonly { mean: number | null; normal: number }[]): number | null {
  const known = buckets.flatMap(({ mean, normal }) => (mean === null || normal === 0 ? [] : [{ mean, normal }]))
  const count = known.reduce((sum, { normal }) => sum + normal, 0)
  return count === 0 ? null : known.reduce((sum, { mean, normal }) => sum + mean * normal, 0) / count
}

const tones: Record<Check['state'], { tone: Tone; word: string }> = {
  good: { tone: 'calm', word: '正常' },
  doubtful: { tone: 'yellow', word: '存疑' },
  bad: { tone: 'red', word: '异常' },
  waiting: { tone: 'plain', word: '待核对' },
}

export function CheckList({ checks }: { checks: readonly Check[] }) {
  return (
    <ol className="telemetry-checks">
      {checks.map(({ name, title, state, words, next }) => (
        <li key={name}>
          <Tag tone={tones[state].tone}>
            {title} {tones[state].word}
          </Tag>
          <span>{words}</span>
          {next && <p className="tiny muted">{next}</p>}
        </li>
      ))}
    </ol>
  )
}
