import type { Protocol } from '@plumbline/core/device'
import { Form, Input, Radio } from 'antd'

export interface PasswordDraft {
  makePassword: boolean
  password?: string
}

/** What is sent of the choice: the words typed, or the wish that the server makes some. */
export const passwordOf = ({ makePassword, password }: PasswordDraft) =>
  makePassword ? { makePassword } : { makePassword, password }

/** The password is made by the platform and shown once, or typed because the device has one already. */
export function PasswordFields({ protocol }: { protocol: Protocol }) {
  const made = Form.useWatch<boolean | undefined>('makePassword')
  return (
    <>
      <Form.Item name="makePassword" label="通信密码">
        <Radio.Group
          options={[
            { value: true, label: '由平台生成，只显示一次' },
            { value: false, label: '填写设备已有的密码' },
          ]}
        />
      </Form.Item>
      {made === false && (
        <Form.Item
          name="password"
          label={protocol === 'hj212' ? '设备密码 PW' : '设备密码'}
          rules={[{ required: true, message: '请填写' }]}
          extra="由 1 至 16 位字母或数字组成，登记后不再显示"
        >
          <Input.Password maxLength={16} autoComplete="off" />
        </Form.Item>
      )}
    </>
  )
}
