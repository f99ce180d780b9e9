/** Program: the reference. One Express route that reads the bytes and answers as many as a receipt has. */
import type { AddressInfo } from 'node:net';
import express from 'express';

const ANSWER = { receipt: 'r'.repeat(1_100) };

const app = express();
app.post('/v1/statements', (request, response) => {
  let length = 0;
  request.on('data', (chunk: Buffer) => (length += chunk.length));
  request.on('end', () => response.status(202).json({ ...ANSWER, length }));
});
const server = app.listen(0, '127.0.0.1', () => console.log(String((server.address() as AddressInfo).port)));
process.on('SIGTERM', () => process.exit(0));
