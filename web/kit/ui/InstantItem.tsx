import { DatePicker, Form } from 'antd'
import { instantField } from '../day.ts'

interface InstantItemProps {
  name: string
  label: string
  /** What is said when it is left empty. */
  missing: string
}

/** The field of a form for an instant: chosen in legal time, kept as ISO text in UTC. */
export const InstantItem = ({ name, label, missing }: InstantItemProps) => (
  <Form.Item name={name} label={label} rules={[{ required: true, message: missing }]} {...instantField}>
    <DatePicker
      showTime={{ format: 'HH:mm' }}
      format="YYYY-MM-DD HH:mm"
      className="wide-field"
      // What was chosen counts without a further press.
      needConfirm={false}
      showNow={false}
    />
  </Form.Item>
)
