import { type ActuatorMode, type Device, getModel, isActuator, modeNames } from '@plumbline/core/device'
import { Form, Input, InputNumber, Radio, Select } from 'antd'
import type { ComponentType } from 'react'
import { StepForm, type StepFormProps } from '../../kit/ui/index.ts'
import { needed } from './words.tsx'
import { ConfigureForm } from './settings-form.tsx'
import { ExplainForm, HandOverForm, NoteForm } from './tending-forms.tsx'
import { useDevice } from './view.ts'
import { crcModes, endings, optionsOf, unitProfiles } from './words.tsx'

function AmendForm(props: StepFormProps) {
  const record = useDevice().data?.record
  if (!record) return null
  const { name, unitProfile, crcMode, ending, point } = record
  type Draft = Pick<Device, 'name'> & Partial<Pick<Device, 'unitProfile' | 'crcMode' | 'ending'>>
  return (
    <StepForm<Draft>
      step={props}
      initial={{ name, unitProfile, crcMode, ending }}
      inputOf={(draft) => ({ unitProfile, crcMode, ending, ...draft, point })}
    >
      <Form.Item name="name" label="设备名称" rules={needed}>
        <Input maxLength={60} />
      </Form.Item>
      {record.kind === 'dust' && (
        <Form.Item name="unitProfile" label="设备上传颗粒物所用的单位">
          <Select options={optionsOf(unitProfiles)} />
        </Form.Item>
      )}
      {getModel(record.modelCode).protocol === 'hj212' && (
        <>
          <Form.Item name="crcMode" label="校验方式">
            <Select options={optionsOf(crcModes)} />
          </Form.Item>
          <Form.Item name="ending" label="结束符">
            <Select options={optionsOf(endings)} />
          </Form.Item>
        </>
      )}
    </StepForm>
  )
}

function LinkForm(props: StepFormProps) {
  const view = useDevice().data
  if (!view) return null
  const sprayers = view.beside.filter(({ kind }) => isActuator(kind))
  const { linkedTo, linkedUnit } = view.record
  return (
    <StepForm<{ sprayerId?: string; unit: number }>
      step={props}
      initial={{ ...(linkedTo ? { sprayerId: linkedTo } : {}), unit: linkedUnit ?? 1 }}
      inputOf={({ sprayerId, unit }) => ({ sprayerId: sprayerId ?? null, unit })}
    >
      <Form.Item name="sprayerId" label="超过启动值时开启的喷淋" extra="只列出本项目在用的喷淋控制器；留空为不联动">
        <Select
          allowClear
          options={sprayers.map(({ id, name, mn }) => ({ value: id, label: `${name} · ${mn}` }))}
          notFoundContent="本项目还没有登记喷淋控制器"
        />
      </Form.Item>
      <Form.Item name="unit" label="第几路" rules={needed}>
        <InputNumber min={1} max={99} precision={0} />
      </Form.Item>
    </StepForm>
  )
}

const modeNotes: Record<ActuatorMode, string> = {
  manual: '只由人下达启停指令，报警不会启动它',
  automatic: '报警时自动启动，恢复后自动停止',
  interlocked: '报警时自动启动，现场禁止时除外',
}

function ModeForm(props: StepFormProps) {
  const mode = useDevice().data?.record.mode
  return (
    <StepForm<{ mode: ActuatorMode; reason: string }> step={props} initial={mode ? { mode } : {}}>
      <Form.Item name="mode" label="控制方式" rules={needed}>
        <Radio.Group className="device-modes">
          {(Object.keys(modeNames) as ActuatorMode[]).map((each) => (
            <Radio key={each} value={each}>
              {modeNames[each]} <span className="tiny muted">{modeNotes[each]}</span>
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
      <Form.Item name="reason" label="事由" rules={needed}>
        <Input.TextArea rows={2} maxLength={200} showCount />
      </Form.Item>
    </StepForm>
  )
}

/** 设置联锁: the most hours a lock may stand are the law's to say; the server refuses more and names them. */
const InterlockForm = (props: StepFormProps) => (
  <StepForm<{ reason: string; hours: number }> step={props} initial={{ hours: 2 }}>
    <Form.Item name="hours" label="多少小时以内不得启动" rules={needed} extra="到时自动解除，也可以提前解除">
      <InputNumber min={1} precision={0} />
    </Form.Item>
    <Form.Item name="reason" label="事由" rules={needed}>
      <Input.TextArea rows={2} maxLength={200} showCount placeholder="例如 正在检修水泵" />
    </Form.Item>
  </StepForm>
)

const RetireForm = (props: StepFormProps) => (
  <StepForm<{ reason: string }> step={props}>
    <Form.Item name="reason" label="事由" rules={needed}>
      <Input.TextArea rows={3} maxLength={200} showCount />
    </Form.Item>
  </StepForm>
)

export const deviceForms: Record<string, ComponentType<StepFormProps>> = {
  amend: AmendForm,
  configure: ConfigureForm,
  hand_over: HandOverForm,
  note: NoteForm,
  explain_offline: ExplainForm,
  set_mode: ModeForm,
  interlock: InterlockForm,
  link: LinkForm,
  retire: RetireForm,
}
