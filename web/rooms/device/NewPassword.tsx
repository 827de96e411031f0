import { deviceContract } from '@plumbline/core/device'
import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { newRequestId, useSend } from '../../kit/api.ts'
import { markFields } from '../../kit/fields.ts'
import { Failure, FormButtons } from '../../kit/ui/index.ts'

/** 重设通信密码: a route of its own, because the password stands in no act. */
export function NewPassword({ id }: { id: string }) {
  const [open, setOpen] = useState(false)
  const [requestId, setRequestId] = useState(newRequestId)
  const [form] = Form.useForm<{ password: string }>()
  const send = useSend(deviceContract.setPassword)
  const close = () => {
    setOpen(false)
    setRequestId(newRequestId())
    send.reset()
  }
  const save = ({ password }: { password: string }) =>
    send.mutate(
      { params: { id }, body: { requestId, password } },
      {
        onSuccess: close,
        onError: (error) => {
          if (error.kind !== 'network') setRequestId(newRequestId())
          markFields(form, error)
        },
      },
    )
  return (
    <>
      <Button block className="device-password" onClick={() => setOpen(true)}>
        重设通信密码
      </Button>
      <Modal open={open} title="重设通信密码" footer={null} onCancel={close} mask={{ closable: false }} destroyOnHidden>
        <Form form={form} layout="vertical" onFinish={save}>
          <Form.Item
            name="password"
            label="新的通信密码 PW"
            rules={[{ required: true, message: '请填写' }]}
            extra="与设备中设置的密码一致"
          >
            <Input.Password maxLength={16} autoComplete="off" />
          </Form.Item>
          {send.error && <Failure error={send.error} />}
          <FormButtons pending={send.isPending} onCancel={close} label="重设" />
        </Form>
      </Modal>
    </>
  )
}
