"""Adds up the reports of Surefire and Failsafe below a folder; fails when a test failed, was skipped, or none ran."""

import glob
import sys
import xml.etree.ElementTree as ElementTree

passed = failed = skipped = 0
for path in glob.glob(f"{sys.argv[1]}/**/target/*-reports/TEST-*.xml", recursive=True):
    suite = ElementTree.parse(path).getroot()
    tests, bad, left_out = (
        int(suite.get("tests", 0)),
        int(suite.get("failures", 0)) + int(suite.get("errors", 0)),
        int(suite.get("skipped", 0)),
    )
    passed, failed, skipped = passed + tests - bad - left_out, failed + bad, skipped + left_out
    if bad or left_out:
        print(f"{suite.get('name')}: {bad} failed, {left_out} skipped")
print(f"{passed} passed, {failed} failed, {skipped} skipped")
sys.exit(0 if passed and not failed and not skipped else 1)
