import { judgeSpot, sayTolerance, type Spot } from '@plumbline/core/inspection'
import { Tag } from '../../kit/ui/index.ts'

/** A spot test in two lines: what was asked, what was measured. */
export function SpotLine({ spot: { test }, onRemove }: { spot: Spot; onRemove?: () => void }) {
  const { readings, passed, passRate } = judgeSpot(test)
  const all = passed === readings.length
  return (
    <div className="spot-line num">
      <p>
        {test.quantity}（{test.part}）设计值 {test.design} {test.unit}，允许偏差 {sayTolerance(test)}
        <span className="tiny muted"> {test.clause}</span>
      </p>
      <p>
        {readings.map(({ place, value, pass }) => (
          <span key={place} className={pass ? 'reading' : 'reading out'}>
            {place} {value}
            {!pass && ' 超差'}
          </span>
        ))}
        <Tag tone={all ? 'calm' : 'red'}>
          合格 {passed}/{readings.length}，{(passRate * 100).toFixed(1)}%
        </Tag>
        {onRemove && (
          <button type="button" className="link" onClick={onRemove}>
            删去
          </button>
        )}
      </p>
    </div>
  )
}
