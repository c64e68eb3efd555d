"""Corrections of S3 and of EBS snapshots."""


def bucket_tags():
    """A bucket can be given its tags as it is made, as newer providers do. moto drops them."""
    import xmltodict
    from moto.s3.responses import S3Response

    put = S3Response._bucket_response_put

    def _bucket_response_put(self, request, bucket_name, querystring):
        answer = put(self, request, bucket_name, querystring)
        if self.data.get("Action") == "CreateBucket" and self.body:
            asked = xmltodict.parse(self.body, force_list=("Tag",)).get("CreateBucketConfiguration") or {}
            tags = (asked.get("Tags") or {}).get("Tag", [])
            if tags:
                self.backend.put_bucket_tagging(bucket_name, {each["Key"]: each.get("Value") or "" for each in tags})
        return answer

    S3Response._bucket_response_put = _bucket_response_put


def owners_of_snapshots():
    """Whoever names owners gets their snapshots only. moto ignores it, and compares the filters with the hundreds of
    snapshots of public images first, which takes a second."""
    from moto.core.responses import ActionResult
    from moto.ec2.responses.elastic_block_store import ElasticBlockStore
    from moto.ec2.utils import generic_filter

    describe = ElasticBlockStore.describe_snapshots

    def describe_snapshots(self):
        owners = self._get_param("OwnerIds", [])
        if not owners or self._get_param("SnapshotIds", []):
            return describe(self)
        account = self.ec2_backend.account_id
        wanted = {account if owner == "self" else owner for owner in owners}
        found = [each for each in self.ec2_backend.snapshots.values() if each.owner_id in wanted]
        return ActionResult({"Snapshots": generic_filter(self._filters_from_querystring(), found)})

    ElasticBlockStore.describe_snapshots = describe_snapshots
