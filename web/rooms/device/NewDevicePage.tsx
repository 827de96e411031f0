import {
  deviceContract,
  type DeviceKind,
  DeviceKind as Kinds,
  type DeviceModel,
  findQuantity,
  getModel,
  models,
  protocolNames,
} from '@plumbline/core/device'
import type { Request } from '@plumbline/core/kit'
import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useEntry } from '../../kit/entry.ts'
import { Failure, Page, Section } from '../../kit/ui/index.ts'
import { AddressFields } from './AddressFields.tsx'
import './device.css'
import { MadePassword } from './MadePassword.tsx'
import { type PasswordDraft, PasswordFields, passwordOf } from './PasswordFields.tsx'
import { ProjectChoice } from './ProjectChoice.tsx'
import { kindOptions, needed } from './words.tsx'

type Body = Request<typeof deviceContract.onboard, 'in'>['body']
type Draft = Omit<Body, 'requestId' | 'password' | 'makePassword'> & PasswordDraft & { kind: DeviceKind }

const chosen = [{ required: true, message: '请选择' }]
const modelsOf = (kind: DeviceKind) => models.filter((model) => model.kind === kind)

/** 登记设备: kind, model, number, password or address. What follows is watched on the device's own page. */
export function NewDevicePage() {
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const [form] = Form.useForm<Draft>()
  const [made, setMade] = useState<{ id: string; password: string }>()
  const { enter, error, pending } = useEntry(deviceContract.onboard, form, [])
  const kind = Form.useWatch('kind', form)
  const modelCode = Form.useWatch('modelCode', form)
  const model = modelCode ? getModel(modelCode) : undefined
  const asks = model?.protocol === 'modbus'
  const save = ({ kind: _, password, makePassword, ...draft }: Draft) =>
    enter({ ...draft, ...(asks ? {} : passwordOf({ password, makePassword })) }, ({ id, password: shown }) => {
      if (shown === null) void navigate(`/device/${id}`)
      else setMade({ id, password: shown })
    })
  const begin = Kinds.safeParse(params.get('kind')).data ?? 'dust'
  if (made) return <MadePassword id={made.id} password={made.password} />
  return (
    <Page
      title="登记设备"
      crumbs={[{ label: '监测设备', to: '/devices' }]}
      lead="登记后，设备页给出接入方式，并按四步核对：网络、报文、时钟、数值。"
    >
      <Section title="设备" padded>
        <Form<Draft>
          form={form}
          layout="vertical"
          className="device-new"
          initialValues={{
            ...{ kind: begin, modelCode: modelsOf(begin)[0]!.code, mn: params.get('mn') ?? '', makePassword: true },
            modbus: { host: '', port: 502, unit: 1 },
            ...(params.get('projectId') ? { projectId: params.get('projectId')! } : {}),
          }}
          onValuesChange={(changed: Partial<Draft>) => {
            if (changed.kind) form.setFieldValue('modelCode', modelsOf(changed.kind)[0]!.code)
          }}
          onFinish={save}
        >
          <Form.Item name="kind" label="类别" rules={chosen}>
            <Select options={kindOptions} />
          </Form.Item>
          <Form.Item name="modelCode" label="型号" rules={chosen}>
            <Select
              options={(kind ? modelsOf(kind) : []).map(({ code, title, vendor }) => ({
                value: code,
                label: `${title} · ${vendor}`,
              }))}
            />
          </Form.Item>
          {model && <ModelFacts model={model} />}
          <Form.Item name="mn" label="设备编号" rules={needed} extra="与设备中设置的编号逐位一致；HJ 212 设备即 MN">
            <Input maxLength={24} className="num" />
          </Form.Item>
          {/* Such a device has no password. */}
          {asks ? (
            <div className="device-address">
              <AddressFields extra="平台按这个地址轮询设备" />
            </div>
          ) : (
            <PasswordFields protocol={model?.protocol ?? 'hj212'} />
          )}
          <Form.Item name="name" label="设备名称" rules={needed} extra="写明安装位置，如“北门扬尘监测点”">
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="projectId" label="安装项目" rules={chosen}>
            <ProjectChoice />
          </Form.Item>
          {error && <Failure error={error} />}
          <Button type="primary" htmlType="submit" loading={pending}>
            登记
          </Button>
        </Form>
      </Section>
    </Page>
  )
}

/** What the row of the model says: which quantities, in which unit and how often, over which protocol. */
function ModelFacts({ model }: { model: DeviceModel }) {
  return (
    <div className="device-model">
      <p>{protocolNames[model.protocol]}</p>
      <table className="plain">
        <thead>
          <tr>
            <th>监测量</th>
            <th>编码</th>
            <th>单位</th>
            <th>周期</th>
          </tr>
        </thead>
        <tbody>
          {model.quantities.map(({ code, period }) => (
            <tr key={code}>
              <td>{findQuantity(code)?.name ?? code}</td>
              <td className="num">{code}</td>
              <td>{findQuantity(code)?.unit || '—'}</td>
              <td className="num">{period} 秒</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
