import type { Point } from '@plumbline/core/kit'
import { InputNumber } from 'antd'
import type { MapTown } from './shapes.ts'
import { SvgMap } from './SvgMap.tsx'

export interface PointPickerProps {
  towns: readonly MapTown[]
  value?: Point | null
  onChange?: (point: Point) => void
}

const sixPlaces = (degrees: number) => Math.round(degrees * 1e6) / 1e6

/** A place in CGCS2000 degrees: pressed on the map or typed. Fits into an antd Form.Item. */
export function PointPicker({ towns, value, onChange }: PointPickerProps) {
  const give = (part: Partial<Point>) => onChange?.({ lon: value?.lon ?? 0, lat: value?.lat ?? 0, ...part })
  return (
    <div className="point-picker">
      <SvgMap
        towns={towns}
        sites={[]}
        picked={value ?? null}
        onPick={({ lon, lat }) => onChange?.({ lon: sixPlaces(lon), lat: sixPlaces(lat) })}
        label="在图上选择位置"
      />
      <div className="point-fields">
        <label>
          经度
          <InputNumber
            value={value?.lon}
            min={-180}
            max={180}
            step={0.001}
            onChange={(lon) => lon !== null && give({ lon })}
          />
        </label>
        <label>
          纬度
          <InputNumber
            value={value?.lat}
            min={-90}
            max={90}
            step={0.001}
            onChange={(lat) => lat !== null && give({ lat })}
          />
        </label>
      </div>
    </div>
  )
}
