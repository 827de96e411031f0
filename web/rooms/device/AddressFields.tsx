import { Form, Input, InputNumber } from 'antd'
import { needed } from './words.tsx'

/** Where the platform asks a meter that speaks Modbus. */
export const AddressFields = ({ extra }: { extra?: string }) => (
  <>
    <Form.Item name={['modbus', 'host']} label="设备地址" rules={needed} extra={extra}>
      <Input maxLength={120} className="num" placeholder="10.8.0.3" />
    </Form.Item>
    <Form.Item name={['modbus', 'port']} label="端口" rules={needed}>
      <InputNumber min={1} max={65_535} precision={0} />
    </Form.Item>
    <Form.Item name={['modbus', 'unit']} label="单元号" rules={needed}>
      <InputNumber min={0} max={255} precision={0} />
    </Form.Item>
  </>
)
