// Messages to and from a language server over the streams of a process. It knows nothing of editors.
'use strict';

class Connection {
  constructor(process, onNotification, onRequest = async () => null) {
    this.process = process;
    this.onNotification = onNotification;
    this.onRequest = onRequest;
    this.waiting = new Map();
    this.count = 0;
    this.buffer = Buffer.alloc(0);
    process.stdout.on('data', (bytes) => this.receive(bytes));
    process.stdin.on('error', () => {});
    process.on('exit', () => {
      for (const { reject } of this.waiting.values()) reject(new Error('the server has ended'));
      this.waiting.clear();
    });
  }

  send(message) {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    this.process.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.process.stdin.write(body);
  }

  notify(method, params) {
    this.send({ method, params });
  }

  request(method, params) {
    const id = ++this.count;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.send({ id, method, params });
    });
  }

  receive(bytes) {
    this.buffer = Buffer.concat([this.buffer, bytes]);
    for (;;) {
      const end = this.buffer.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/content-length: *(\d+)/i.exec(this.buffer.toString('ascii', 0, end))[1]);
      const start = end + 4;
      if (this.buffer.length < start + length) return;
      const message = JSON.parse(this.buffer.toString('utf8', start, start + length));
      this.buffer = this.buffer.subarray(start + length);
      this.handle(message);
    }
  }

  handle(message) {
    if (message.method && message.id !== undefined) {
      this.onRequest(message.method, message.params).then(
        (result) => this.send({ id: message.id, result }),
        (error) => this.send({ id: message.id, error: { code: -32603, message: error.message } }));
      return;
    }
    if (message.method) return this.onNotification(message.method, message.params);
    const asked = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (!asked) return;
    if (message.error) asked.reject(new Error(message.error.message));
    else asked.resolve(message.result);
  }
}

module.exports = { Connection };
