/** The first day of parameters that no text dates: before any project here began. */
export const always = '2000-01-01'

/** 平湖市平台正式启用. */
export const pinghu = '2019-01-01'

/** 秀洲区 1.0. */
export const xiuzhou1 = '2016-07-01'
/** 秀洲区 2.0: the text says only 从2019年开始. */
export const xiuzhou2 = '2019-01-01'
export const xiuzhou1Ends = '2018-12-31'

/** JGJ 59-2011 and GB 12523-2011 entered into force on one day [M]. */
export const mid2012 = '2012-07-01'
