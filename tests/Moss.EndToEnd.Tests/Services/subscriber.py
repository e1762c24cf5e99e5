"""A subscriber as anyone would write it with pika: binds a queue of its own, and prints each message as a line of JSON.

subscriber.py BROKER QUEUE PATTERN
"""
import json
import sys

import pika

broker, queue, pattern = sys.argv[1:]
connection = pika.BlockingConnection(pika.URLParameters(broker))
channel = connection.channel()
channel.exchange_declare("moss.events", "topic", durable=True)
channel.queue_declare(queue, durable=True)
channel.queue_bind(queue, "moss.events", pattern)
print("ready", flush=True)

for method, properties, body in channel.consume(queue):
    print(json.dumps({
        "routingKey": method.routing_key,
        "contentType": properties.content_type,
        "messageId": properties.message_id,
        "persistent": properties.delivery_mode == 2,
        "event": json.loads(body.decode("utf-8")),
    }), flush=True)
    channel.basic_ack(method.delivery_tag)
