import { type PermissionTable } from "./model";

/** What looks for intruders and records configurations. Its ids are AWS's, so nothing here can be told by its name. */
export const detection: PermissionTable = {
  "aws:guardduty/detector:Detector": {
    read: ["guardduty:GetDetector", "guardduty:ListDetectors", "guardduty:ListTagsForResource"],
    write: ["guardduty:CreateDetector", "guardduty:TagResource", "guardduty:UntagResource", "guardduty:UpdateDetector"],
    scope: "everything",
    administrator: { delete: ["guardduty:DeleteDetector"] },
  },
  "aws:guardduty/detectorFeature:DetectorFeature": {
    read: ["guardduty:GetDetector"],
    write: ["guardduty:UpdateDetector"],
    scope: "everything",
  },
  "aws:accessanalyzer/analyzer:Analyzer": {
    read: ["access-analyzer:GetAnalyzer", "access-analyzer:ListAnalyzers", "access-analyzer:ListTagsForResource"],
    write: [
      "access-analyzer:CreateAnalyzer",
      "access-analyzer:DeleteAnalyzer",
      "access-analyzer:TagResource",
      "access-analyzer:UntagResource",
      "access-analyzer:UpdateAnalyzer",
    ],
    scope: "everything",
  },
  "aws:cfg/recorder:Recorder": {
    read: ["config:DescribeConfigurationRecorders", "config:ListTagsForResource"],
    write: ["config:PutConfigurationRecorder"],
    scope: "everything",
    administrator: { delete: ["config:DeleteConfigurationRecorder"] },
  },
  "aws:cfg/recorderStatus:RecorderStatus": {
    read: ["config:DescribeConfigurationRecorderStatus"],
    write: ["config:StartConfigurationRecorder"],
    scope: "everything",
    administrator: { delete: ["config:StopConfigurationRecorder"] },
  },
  "aws:cfg/deliveryChannel:DeliveryChannel": {
    read: ["config:DescribeDeliveryChannels"],
    write: ["config:PutDeliveryChannel"],
    scope: "everything",
    administrator: { delete: ["config:DeleteDeliveryChannel"] },
  },
  "aws:cfg/rule:Rule": {
    read: ["config:DescribeConfigRules", "config:ListTagsForResource"],
    write: ["config:DeleteConfigRule", "config:PutConfigRule", "config:TagResource", "config:UntagResource"],
    scope: "everything",
  },
  "aws:cfg/remediationConfiguration:RemediationConfiguration": {
    read: ["config:DescribeRemediationConfigurations"],
    write: ["config:DeleteRemediationConfiguration", "config:PutRemediationConfigurations"],
    scope: "everything",
  },
};
