"""Parses what BIRD prints for 'show route all', a line at a time: what scripts of the field do."""
import socket
import sys

client = socket.socket(socket.AF_UNIX)
client.connect(sys.argv[1])
lines = client.makefile('r', newline='\n')
lines.readline()
client.sendall(b'show route all\n')
routes = []
network = None
for line in lines:
    if line[:4].isdigit():
        code, last, text = line[:4], line[4] == ' ', line[5:].rstrip('\n')
        if last:
            break
        current = code
    else:
        text = line[1:].rstrip('\n')
    if current == '1007':
        if text[:1] == '\t':
            words = text.split()
            if words and words[0] in ('via', 'dev'):
                routes[-1]['via'].append(words)
        elif not text.startswith('Table '):
            words = text.split()
            if text[:1] != ' ':
                network = words.pop(0)
            routes.append({'network': network, 'type': words[0], 'protocol': words[1].lstrip('['), 'primary': '*' in words, 'via': [], 'attributes': {}})
    elif current == '1012':
        name, colon, value = text.strip().partition(': ')
        routes[-1]['attributes'][name] = value
print(len(routes))
