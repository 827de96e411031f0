import { pointLongest } from '@plumbline/core/codec/sitejson'
import { type Device, findQuantity, getModel } from '@plumbline/core/device'
import { Button, Form, Input, InputNumber, Select } from 'antd'
import { StepForm, type StepFormProps } from '../../kit/ui/index.ts'
import { AddressFields } from './AddressFields.tsx'
import { useDevice } from './view.ts'
import { needed } from './words.tsx'

type Settings = Device['settings']
/** A limit with its measuring point apart, as it is filled in. */
interface LimitDraft {
  code: string
  point?: string
  warn?: number | null
  alarm?: number | null
  ratePerDay?: number | null
  source: string
}
interface Draft {
  limits?: LimitDraft[]
  rated?: Record<string, number | null>
  modbus?: NonNullable<Settings['modbus']>
}

const rated: { name: keyof Settings['rated']; label: string; kinds: readonly Device['kind'][] }[] = [
  { name: 'load', label: '额定载重（t）', kinds: ['crane', 'hoist'] },
  { name: 'moment', label: '额定力矩（kN·m）', kinds: ['crane'] },
  { name: 'persons', label: '额定人数', kinds: ['hoist'] },
  { name: 'jib', label: '臂长（m）', kinds: ['crane'] },
  { name: 'height', label: '安装高度（m）', kinds: ['crane', 'hoist'] },
]

const draftOf = ({ limits, rated: plate, modbus }: Settings): Partial<Draft> => ({
  limits: limits.map(({ quantity, ...limit }) => {
    const [code = '', point] = quantity.split('@')
    return { code, ...(point ? { point } : {}), ...limit }
  }),
  rated: { ...plate },
  ...(modbus ? { modbus } : {}),
})

const inputOf =
  (settings: Settings) =>
  (draft: Draft): Settings => ({
    limits: (draft.limits ?? []).map(({ code, point, warn, alarm, ratePerDay, source }) => ({
      quantity: point?.trim() ? `${code}@${point.trim()}` : code,
      ...{ warn: warn ?? null, alarm: alarm ?? null, ratePerDay: ratePerDay ?? null, source },
    })),
    // A cell that was emptied is null, and a plate value that is not known is left out.
    rated: draft.rated
      ? Object.fromEntries(Object.entries(draft.rated).filter(([, value]) => typeof value === 'number'))
      : settings.rated,
    modbus: draft.modbus ?? settings.modbus,
  })

/** 设置参数与限值: the machine's plate, the limits of its design document, and where a meter is asked. */
export function ConfigureForm(props: StepFormProps) {
  const record = useDevice().data?.record
  if (!record) return null
  const { kind, modelCode, settings } = record
  const plate = rated.filter(({ kinds }) => kinds.includes(kind))
  return (
    <StepForm<Draft> step={props} initial={draftOf(settings)} inputOf={inputOf(settings)}>
      {plate.length > 0 && (
        <fieldset className="device-plate">
          <legend>铭牌参数</legend>
          {plate.map(({ name, label }) => (
            <Form.Item key={name} name={['rated', name]} label={label}>
              <InputNumber min={0} />
            </Form.Item>
          ))}
        </fieldset>
      )}
      {getModel(modelCode).protocol === 'modbus' && (
        <fieldset className="device-plate">
          <legend>设备地址</legend>
          <AddressFields />
        </fieldset>
      )}
      <Limits modelCode={modelCode} />
    </StepForm>
  )
}

function Limits({ modelCode }: { modelCode: string }) {
  const quantities = getModel(modelCode).quantities.map(({ code }) => {
    const found = findQuantity(code)
    return { value: code, label: `${found?.name ?? code}${found?.unit ? `（${found.unit}）` : ''}` }
  })
  return (
    <fieldset className="device-limits">
      <legend>设计限值</legend>
      <p className="tiny muted">
        设计文件或专项方案的限值优先于通用限值。预警、报警为累计值，按绝对值比较；测点留空即适用于全部测点。
      </p>
      <Form.List name="limits">
        {(rows, { add, remove }) => (
          <>
            {rows.map(({ key, name }) => (
              <div key={key} className="device-limit">
                <Form.Item name={[name, 'code']} label="监测量" rules={needed}>
                  <Select options={quantities} style={{ width: 160 }} />
                </Form.Item>
                <Form.Item name={[name, 'point']} label="测点">
                  <Input maxLength={pointLongest} style={{ width: 72 }} />
                </Form.Item>
                <Form.Item name={[name, 'warn']} label="预警">
                  <InputNumber style={{ width: 84 }} />
                </Form.Item>
                <Form.Item name={[name, 'alarm']} label="报警">
                  <InputNumber style={{ width: 84 }} />
                </Form.Item>
                <Form.Item name={[name, 'ratePerDay']} label="日变化">
                  <InputNumber style={{ width: 84 }} />
                </Form.Item>
                <Form.Item name={[name, 'source']} label="依据（文件、页）" rules={needed}>
                  <Input maxLength={120} style={{ width: 172 }} />
                </Form.Item>
                <Button type="text" size="small" onClick={() => remove(name)}>
                  删去
                </Button>
              </div>
            ))}
            <Button size="small" onClick={() => add({ code: quantities[0]?.value })}>
              增加一行
            </Button>
          </>
        )}
      </Form.List>
    </fieldset>
  )
}
