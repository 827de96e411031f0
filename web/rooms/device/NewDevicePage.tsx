import { deviceContract, models } from '@plumbline/core/device'
import type { Request } from '@plumbline/core/kit'
import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { newRequestId, useSend } from '../../kit/api.ts'
import { markFields } from '../../kit/fields.ts'
import { Failure, Page, Section } from '../../kit/ui/index.ts'
import { ProjectChoice } from './ProjectChoice.tsx'

type Body = Request<typeof deviceContract.onboard, 'in'>['body']
type Draft = Omit<Body, 'requestId'>

const needed = [{ required: true, message: '请填写' }]
const chosen = [{ required: true, message: '请选择' }]
const modelOptions = models.map(({ code, title, vendor }) => ({ value: code, label: `${title} · ${vendor}` }))

/** 登记设备. What follows, network, frame, clock and values, is watched on the device's own page. */
export function NewDevicePage() {
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const [form] = Form.useForm<Draft>()
  const [requestId, setRequestId] = useState(newRequestId)
  const send = useSend(deviceContract.onboard)
  const save = (draft: Draft) =>
    send.mutate(
      { body: { ...draft, requestId } },
      {
        onSuccess: ({ id }) => void navigate(`/device/${id}`),
        onError: (error) => {
          if (error.kind !== 'network') setRequestId(newRequestId())
          markFields(form, error)
        },
      },
    )
  return (
    <Page
      title="登记设备"
      crumbs={[{ label: '监测设备', to: '/devices' }]}
      lead="登记后按设备页上的四步核对：网络、报文、时钟、数值。"
    >
      <Section title="设备" padded>
        <Form
          form={form}
          layout="vertical"
          style={{ maxWidth: 560 }}
          initialValues={{ mn: params.get('mn') ?? '', modelCode: models[0]!.code }}
          onFinish={save}
        >
          <Form.Item name="modelCode" label="型号" rules={chosen}>
            <Select options={modelOptions} />
          </Form.Item>
          <Form.Item name="mn" label="设备编号 MN" rules={needed} extra="与设备中设置的编号逐位一致">
            <Input maxLength={24} className="num" />
          </Form.Item>
          <Form.Item name="password" label="通信密码 PW" rules={needed} extra="只用于核对报文，登记后不再显示">
            <Input.Password maxLength={16} autoComplete="off" />
          </Form.Item>
          <Form.Item name="name" label="设备名称" rules={needed} extra="写明安装位置，如“北门扬尘监测点”">
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="projectId" label="安装项目" rules={chosen}>
            <ProjectChoice />
          </Form.Item>
          {send.error && <Failure error={send.error} />}
          <Button type="primary" htmlType="submit" loading={send.isPending}>
            登记
          </Button>
        </Form>
      </Section>
    </Page>
  )
}
