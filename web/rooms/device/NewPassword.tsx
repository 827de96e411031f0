import { deviceContract, type Protocol } from '@plumbline/core/device'
import { Button, Form, Modal } from 'antd'
import { useState } from 'react'
import { newRequestId, useSend } from '../../kit/api.ts'
import { markFields } from '../../kit/fields.ts'
import { Copied, Failure, FormButtons } from '../../kit/ui/index.ts'
import { type PasswordDraft, PasswordFields, passwordOf } from './PasswordFields.tsx'

/** 重设通信密码: a route of its own, because the password stands in no act. One that was made is shown until closed. */
export function NewPassword({ id, protocol }: { id: string; protocol: Protocol }) {
  const [open, setOpen] = useState(false)
  const [requestId, setRequestId] = useState(newRequestId)
  const [form] = Form.useForm<PasswordDraft>()
  const send = useSend(deviceContract.setPassword)
  const made = send.data?.password
  const close = () => {
    setOpen(false)
    setRequestId(newRequestId())
    send.reset()
  }
  const save = (draft: PasswordDraft) =>
    send.mutate(
      { params: { id }, body: { requestId, ...passwordOf(draft) } },
      {
        onSuccess: ({ password }) => {
          if (password === null) close()
        },
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
        {made ? (
          <>
            <p>请现在把新密码填入设备或抄下，关闭后不再显示。原来的密码已经失效。</p>
            <Copied text={made} label="复制密码" />
            <div className="form-buttons">
              <Button type="primary" onClick={close}>
                已抄下，关闭
              </Button>
            </div>
          </>
        ) : (
          <Form form={form} layout="vertical" initialValues={{ makePassword: true }} onFinish={save}>
            <PasswordFields protocol={protocol} />
            {send.error && <Failure error={send.error} />}
            <FormButtons pending={send.isPending} onCancel={close} label="重设" />
          </Form>
        )}
      </Modal>
    </>
  )
}
