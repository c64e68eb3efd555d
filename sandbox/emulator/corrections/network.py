"""Corrections of regions, of VPC endpoints, and of the security groups that come with a VPC."""

# https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
ENABLED_BY_DEFAULT = {
    "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1", "ap-southeast-2",
    "ca-central-1", "eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1", "us-east-1",
    "us-east-2", "us-west-1", "us-west-2",
}  # fmt: skip


def regions():
    """AWS tells a new account of the partition `aws` alone, and of regions it has not opted in to only when asked for
    AllRegions or by name. moto lists China and GovCloud too, takes three opt-in regions for enabled ones (af-south-1,
    ap-southeast-3, eu-south-1), and ignores AllRegions and filters."""
    from moto.core.responses import ActionResult
    from moto.ec2.exceptions import EC2ClientError
    from moto.ec2.models.availability_zones_and_regions import RegionsAndZonesBackend as Backend
    from moto.ec2.responses.availability_zones_and_regions import AvailabilityZonesAndRegions as Responses

    known = [each for each in Backend.regions if not each.name.startswith(("cn-", "us-gov-"))]
    for each in known:
        each.opt_in_status = "opt-in-not-required" if each.name in ENABLED_BY_DEFAULT else "not-opted-in"
    Backend.regions = known
    fields = {"region-name": "name", "opt-in-status": "opt_in_status", "endpoint": "endpoint"}

    def describe_regions(self):
        self.error_on_dryrun()
        names = self._get_param("RegionNames", [])
        missing = sorted(set(names) - {each.name for each in known})
        if missing:
            raise EC2ClientError("InvalidParameterValue", f"Invalid region names: {', '.join(missing)}")
        everything = names or self._get_bool_param("AllRegions", False)
        found = [each for each in known if not names or each.name in names]
        found = [each for each in found if everything or each.opt_in_status != "not-opted-in"]
        for wanted in self._get_param("Filters", []):
            field = fields.get(wanted["Name"])
            found = [each for each in found if field and getattr(each, field) in wanted["Values"]]
        return ActionResult({"Regions": found})

    Responses.describe_regions = describe_regions


def default_groups():
    """In AWS the default security group of a VPC lets in everything that comes from itself; in moto nothing."""
    from moto.ec2.models import EC2Backend as Backend

    create = Backend.create_security_group

    def create_security_group(self, name, *args, **kwargs):
        group = create(self, name, *args, **kwargs)
        if group.is_default:
            self.authorize_security_group_ingress(group.id, "-1", None, None, [], source_groups=[{"GroupId": group.id}])
        return group

    Backend.create_security_group = create_security_group


def vpc_endpoints():
    """AWS gives an endpoint private names only in a VPC that resolves names and hands out host names, and to one
    endpoint of each service; attaches the VPC's default security group to an interface endpoint that names none; makes
    a gateway of what has no type; and forgets a deleted endpoint. moto checks nothing, keeps the private names as they
    were when an endpoint is modified, fails on deleting what has no type or had its route tables changed, and lists
    deleted endpoints for ever."""
    from moto.core.responses import ActionResult
    from moto.ec2.exceptions import InvalidParameter, InvalidRouteError
    from moto.ec2.models import EC2Backend as Backend
    from moto.ec2.responses.vpcs import VPCs as Responses

    create, modify, delete = Backend.create_vpc_endpoint, Responses.modify_vpc_endpoint, Backend.delete_vpc_endpoints

    def require_private_names(backend, vpc_id, service_name):
        vpc = backend.get_vpc(vpc_id)
        if not all(str(each).lower() == "true" for each in (vpc.enable_dns_support, vpc.enable_dns_hostnames)):
            needed = "both enableDnsSupport and enableDnsHostnames VPC attributes set to true"
            raise InvalidParameter(f"Enabling private DNS requires {needed} for {vpc_id}")
        for other in backend.vpc_end_points.values():
            if (other.vpc_id, other.service_name, other.private_dns_enabled) == (vpc_id, service_name, True):
                why = f"there is already a conflicting DNS domain for {service_name} in the VPC {vpc_id}"
                raise InvalidParameter(f"private-dns-enabled cannot be set because {why}")

    def create_vpc_endpoint(self, **asked):
        asked["endpoint_type"] = asked["endpoint_type"] or "Gateway"
        if asked["endpoint_type"] == "Interface":
            if asked["private_dns_enabled"]:
                require_private_names(self, asked["vpc_id"], asked["service_name"])
            if not asked["security_group_ids"]:
                asked["security_group_ids"] = [self.get_default_security_group(asked["vpc_id"]).id]
        return create(self, **asked)

    def modify_vpc_endpoint(self):
        [endpoint] = self.ec2_backend.describe_vpc_endpoints([self._get_param("VpcEndpointId")])
        wanted = self._get_bool_param("PrivateDnsEnabled")
        if wanted and not endpoint.private_dns_enabled:
            require_private_names(self.ec2_backend, endpoint.vpc_id, endpoint.service_name)
        modify(self)
        endpoint.private_dns_enabled = endpoint.private_dns_enabled if wanted is None else wanted
        return ActionResult({"Return": True})

    def delete_vpc_endpoints(self, vpce_ids=None):
        for each in vpce_ids or []:
            try:
                delete(self, [each])
            except InvalidRouteError:
                pass
            self.vpc_end_points.pop(each, None)

    Backend.create_vpc_endpoint, Backend.delete_vpc_endpoints = create_vpc_endpoint, delete_vpc_endpoints
    Responses.modify_vpc_endpoint = modify_vpc_endpoint
