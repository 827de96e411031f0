import { type Device, isActuator } from '@plumbline/core/device'
import { Form, Input, InputNumber, Select } from 'antd'
import type { ComponentType, ReactNode } from 'react'
import { ApiError } from '../../kit/api.ts'
import { markFields } from '../../kit/fields.ts'
import { FormButtons, type StepFormProps } from '../../kit/ui/index.ts'
import { useDevice } from './view.ts'
import { crcModes, endings, optionsOf, unitProfiles } from './words.tsx'

const needed = [{ required: true, message: '请填写' }]

interface FrameProps<D> extends StepFormProps {
  initial: Partial<D>
  inputOf: (draft: D) => unknown
  children: ReactNode
}

function Frame<D extends object>({ step, onSubmit, onCancel, pending, initial, inputOf, children }: FrameProps<D>) {
  const [form] = Form.useForm<D>()
  const submit = async (draft: D) => {
    try {
      await onSubmit(inputOf(draft))
    } catch (error) {
      if (error instanceof ApiError) markFields(form, error, ['input'])
    }
  }
  return (
    <Form<D> form={form} layout="vertical" initialValues={initial as never} onFinish={(draft) => void submit(draft)}>
      {children}
      <FormButtons pending={pending} onCancel={onCancel} label={step.label} />
    </Form>
  )
}

function AmendForm(props: StepFormProps) {
  const record = useDevice().data?.record
  if (!record) return null
  const { name, unitProfile, crcMode, ending, point } = record
  type Draft = Pick<Device, 'name' | 'crcMode' | 'ending'> & Partial<Pick<Device, 'unitProfile'>>
  return (
    <Frame<Draft>
      {...props}
      initial={{ name, unitProfile, crcMode, ending }}
      inputOf={(draft) => ({ ...draft, unitProfile: draft.unitProfile ?? unitProfile, point })}
    >
      <Form.Item name="name" label="设备名称" rules={needed}>
        <Input maxLength={60} />
      </Form.Item>
      {record.kind === 'dust' && (
        <Form.Item name="unitProfile" label="设备上传颗粒物所用的单位">
          <Select options={optionsOf(unitProfiles)} />
        </Form.Item>
      )}
      <Form.Item name="crcMode" label="校验方式">
        <Select options={optionsOf(crcModes)} />
      </Form.Item>
      <Form.Item name="ending" label="结束符">
        <Select options={optionsOf(endings)} />
      </Form.Item>
    </Frame>
  )
}

function LinkForm(props: StepFormProps) {
  const view = useDevice().data
  if (!view) return null
  const sprayers = view.beside.filter(({ kind }) => isActuator(kind))
  const { linkedTo, linkedUnit } = view.record
  return (
    <Frame<{ sprayerId?: string; unit: number }>
      {...props}
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
    </Frame>
  )
}

const RetireForm = (props: StepFormProps) => (
  <Frame<{ reason: string }> {...props} initial={{}} inputOf={(draft) => draft}>
    <Form.Item name="reason" label="事由" rules={needed}>
      <Input.TextArea rows={3} maxLength={200} showCount />
    </Form.Item>
  </Frame>
)

export const deviceForms: Record<string, ComponentType<StepFormProps>> = {
  amend: AmendForm,
  link: LinkForm,
  retire: RetireForm,
}
