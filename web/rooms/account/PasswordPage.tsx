import { sessionContract } from '@plumbline/core/base'
import { Alert, Button, Form } from 'antd'
import { newRequestId, useSend } from '../../kit/api.ts'
import { markFields } from '../../kit/fields.ts'
import { Failure, Page, Section } from '../../kit/ui/index.ts'
import { OwnPasswordFields } from './OwnPassword.tsx'

interface Draft {
  old: string
  new: string
}

/** 修改密码 of whoever is signed in. */
export function PasswordPage() {
  return (
    <Page title="修改密码">
      <Section title="本人密码" padded>
        <PasswordForm />
      </Section>
    </Page>
  )
}

export function PasswordForm() {
  const [form] = Form.useForm<Draft>()
  const send = useSend(sessionContract.changePassword)
  const save = (draft: Draft) =>
    send.mutate(
      { body: { requestId: newRequestId(), old: draft.old, new: draft.new } },
      { onSuccess: () => form.resetFields(), onError: (error) => markFields(form, error) },
    )
  return (
    <Form form={form} layout="vertical" onFinish={save} style={{ maxWidth: 360 }}>
      <OwnPasswordFields />
      {send.error && <Failure error={send.error} />}
      {send.isSuccess && <Alert type="success" showIcon title="密码已修改，下次登录请用新密码。" role="status" />}
      <div className="form-buttons">
        <Button type="primary" htmlType="submit" loading={send.isPending}>
          修改
        </Button>
      </div>
    </Form>
  )
}
