/** What the two applications of the demo are called in the audit log; their processes send exactly this. */
export const ORDER_SERVICE = {
  userAgent: 'AlibabaCloud (linux; amd64) Java/17.0.11 order-service/2.4.1',
  apiName: 'GetSecretValue',
  resourceId: 'shop/orders/database',
  clientIp: '10.20.4.17',
} as const;

export const BILLING_JOB = {
  userAgent: 'AlibabaCloud (linux; amd64) Golang/1.22.5 billing-job/1.9.0',
  apiName: 'GenerateDataKey',
  resourceId: 'key-hzz65f0demo0billing',
  clientIp: '10.20.9.3',
} as const;
